import type { ListedFunction } from '../../lib/define.ts';
import { operationName } from '../../lib/operation-name.ts';
import { titleOf } from './tool.ts';

/** The words of a text in small letters, parts of names apart: `getUsers` is "get users". */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** What of a function is searched: where a word stands says how much it tells. */
interface Searched {
  readonly fn: ListedFunction;
  readonly spellings: readonly string[];
  readonly name: readonly string[];
  readonly params: readonly string[];
  readonly text: readonly string[];
}

const indexed = new WeakMap<ListedFunction, Searched>();

function searchedOf(fn: ListedFunction): Searched {
  let known = indexed.get(fn);
  if (known === undefined) {
    const params = Object.entries(fn.params);
    known = {
      fn,
      spellings: [fn.name.toLowerCase(), operationName(fn.name).toLowerCase()],
      name: wordsOf(`${fn.name} ${titleOf(fn.name)}`),
      params: params.flatMap(([name]) => wordsOf(name)),
      text: wordsOf([fn.description, ...params.map(([, { description = '' }]) => description)].join(' ')),
    };
    indexed.set(fn, known);
  }
  return known;
}

/** How well a word of a query fits words: whole, as the beginning of one, or inside of one. */
function fitness(word: string, words: readonly string[]): number {
  let best = 0;
  for (const one of words) {
    if (one === word) return 3;
    if (one.startsWith(word) || (one.length > 3 && word.startsWith(one))) best = Math.max(best, 2);
    else if (word.length > 2 && one.includes(word)) best = Math.max(best, 1);
  }
  return best;
}

interface Rank {
  readonly fn: ListedFunction;
  /** Words of the query that were found. */
  readonly found: number;
  readonly score: number;
}

function rankOf(words: readonly string[], whole: string, { fn, spellings, name, params, text }: Searched): Rank {
  let found = 0;
  let score = spellings.includes(whole) ? 100 : 0;
  for (const word of words) {
    const one = 4 * fitness(word, name) + 2 * fitness(word, params) + fitness(word, text);
    if (one > 0) found++;
    score += one;
  }
  return { fn, found, score };
}

/** The functions that a query means, the likeliest first; all of them, as they come, for a query without words. */
export function search(query: string, functions: readonly ListedFunction[]): readonly ListedFunction[] {
  const words = [...new Set(wordsOf(query))];
  if (words.length === 0) return functions;
  const whole = query.trim().toLowerCase();
  return functions
    .map((fn) => rankOf(words, whole, searchedOf(fn)))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.found - a.found || b.score - a.score) // a stable sort: equals stay in the order of their names
    .map(({ fn }) => fn);
}
