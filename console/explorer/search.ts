import { byFirstWord, wordsOf } from '../parts/words.ts';

/** A function in the list (`console.functions`). */
export interface ListedFunction {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly effect: 'read' | 'write';
  readonly on: boolean;
  readonly listed: boolean;
  /** The protocols over which it answers now. */
  readonly protocols: readonly string[];
  readonly deprecated?: { readonly since: string; readonly use?: string };
}

/** A function as it is searched: in small letters, its name also in parts. */
interface Indexed {
  readonly fn: ListedFunction;
  readonly name: string;
  readonly parts: readonly string[];
  readonly title: string;
  readonly description: string;
}

/** Finds functions by words. */
export type Search = (query: string) => readonly ListedFunction[];

/** Prepares a search: the best first, then by name. Every word must be found somewhere. */
export function searchOf(functions: readonly ListedFunction[]): Search {
  const index = functions.map(indexed);
  return (query) => {
    const words = wordsOf(query);
    const found = index.flatMap((entry) => {
      const score = scoreOf(entry, words);
      return score === undefined ? [] : [{ entry, score }];
    });
    found.sort((a, b) => b.score - a.score || (a.entry.fn.name < b.entry.fn.name ? -1 : 1));
    return found.map(({ entry }) => entry.fn);
  };
}

function indexed(fn: ListedFunction): Indexed {
  const name = fn.name.toLowerCase();
  return {
    fn,
    name,
    parts: name.split(/[._]/),
    title: fn.title.toLowerCase(),
    description: fn.description.toLowerCase(),
  };
}

/** How well all words fit, or undefined where one does not. What is deprecated or off comes after its equals. */
function scoreOf(entry: Indexed, words: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    const score = wordScore(entry, word);
    if (score === 0) return undefined;
    sum += score;
  }
  return sum - (entry.fn.deprecated === undefined ? 0 : 3) - (entry.fn.on ? 0 : 2);
}

/** The name counts most: whole, its beginning, its last part, the beginning of a part, anywhere; then what is said of it. */
function wordScore({ name, parts, title, description }: Indexed, word: string): number {
  if (name === word) return 100;
  if (name.startsWith(word)) return 60;
  if (parts.at(-1) === word || name.endsWith(`.${word}`)) return 55;
  if (parts.some((part) => part.startsWith(word))) return 45;
  if (name.includes(word)) return 35;
  if (startsWord(title, word)) return 20;
  if (title.includes(word)) return 12;
  if (description.includes(word)) return 8;
  return isSpread(name, word) ? 4 : 0;
}

function startsWord(text: string, word: string): boolean {
  return text.startsWith(word) || text.includes(` ${word}`);
}

/** Whether the letters of a word stand in a text in their order: `tgr` in `test.greet`. */
function isSpread(text: string, word: string): boolean {
  if (word.length < 3) return false;
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** A text in pieces, every place of a word marked. */
export function piecesOf(text: string, words: readonly string[]): readonly Piece[] {
  const small = text.toLowerCase();
  if (small.length !== text.length) return [{ text, marked: false }]; // letters that change their length: İ
  const marked = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = small.indexOf(word); at !== -1; at = small.indexOf(word, at + word.length)) {
      marked.fill(true, at, at + word.length);
    }
  }
  const pieces: Piece[] = [];
  let start = 0;
  for (let end = 1; end <= text.length; end++) {
    if (end < text.length && marked[end] === marked[start]) continue;
    pieces.push({ text: text.slice(start, end), marked: marked[start] === true });
    start = end;
  }
  return pieces;
}

/** Functions whose names begin alike. */
export interface Group {
  readonly title: string;
  readonly functions: readonly ListedFunction[];
}

/** Functions by the first part of their names, in the order of these. */
export function groupsOf(functions: readonly ListedFunction[]): readonly Group[] {
  return [...byFirstWord(functions)].map(([title, members]) => ({ title: title || 'Others', functions: members }));
}
