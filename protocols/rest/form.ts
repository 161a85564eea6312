import { isUtf8 } from 'node:buffer';
import { Fault } from '../../lib/fault.ts';
import type { Limits } from '../../lib/settings.ts';

/** What was sent under one name: single values, `name[]` values, and `name[key]` values. */
export interface Texts {
  /** Texts; bytes where a multipart field is a file. */
  readonly values: (string | Uint8Array)[];
  readonly appended: Texts[];
  readonly members: Map<string, Texts>;
}

/** A name and its value, decoded. */
export type Pair = readonly [name: string, value: string | Uint8Array];

function createTexts(): Texts {
  return { values: [], appended: [], members: new Map() };
}

/** Percent-decoding as forms have it (WHATWG URL §5.1), but a broken escape or invalid UTF-8 is refused. */
function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new Fault('invalid-encoding', 'A parameter has a broken escape or is not UTF-8', { cause });
  }
}

/** The bytes of a query or form as text; what is not ASCII must be UTF-8 (RFC 3986 §2.1 would have it escaped). */
function decodeBytes(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Fault('invalid-encoding', 'The parameters are not UTF-8');
  return bytes.toString('utf8');
}

function tooMany({ queryParameters }: Limits): Fault {
  return new Fault('too-large', `There are more than ${queryParameters} parameters`);
}

/**
 * Reads `a=1&b[0]=2&b[]=3&c[k]=4` (application/x-www-form-urlencoded) into a tree. Every limit is a refusal, never another
 * shape of the input.
 * @throws Fault `too-large`, `invalid-encoding`
 */
export function parseForm(bytes: Buffer, limits: Limits): Texts {
  const parts = decodeBytes(bytes).split('&', limits.queryParameters + 1);
  if (parts.length > limits.queryParameters) throw tooMany(limits); // empty ones too: what lies beyond was not looked at
  const pairs = parts
    .filter((part) => part !== '')
    .map((part): Pair => {
      const equals = part.indexOf('=');
      return equals === -1
        ? [decodeComponent(part), '']
        : [decodeComponent(part.slice(0, equals)), decodeComponent(part.slice(equals + 1))];
    });
  return plant(pairs, limits);
}

/**
 * Puts pairs into a tree by the brackets of their names.
 * @throws Fault `too-large`
 */
export function plant(pairs: readonly Pair[], limits: Limits): Texts {
  if (pairs.length > limits.queryParameters) throw tooMany(limits);
  const root = createTexts();
  for (const [name, value] of pairs) descend(root, stepsOf(name, limits)).values.push(value);
  return root;
}

/**
 * `a[b][]` as its steps; a name whose brackets do not match is a name and nothing more. A pattern of all of it would keep a
 * note of each pair of brackets, until there is no room for them.
 */
function stepsOf(name: string, limits: Limits): readonly string[] {
  const open = name.indexOf('[');
  if (open === -1 || !name.endsWith(']') || name.slice(0, open).includes(']')) return [name];
  const inner = name.slice(open + 1, -1).split('][', limits.queryDepth + 1);
  if (inner.some((step) => /[[\]]/.test(step))) return [name];
  if (inner.length > limits.queryDepth) {
    throw new Fault('too-large', `Parameters nest more than ${limits.queryDepth} levels`);
  }
  return [name.slice(0, open), ...inner];
}

/** The node at the end of the steps; an empty step is a new item. */
function descend(root: Texts, [first = '', ...inner]: readonly string[]): Texts {
  let node = member(root, first);
  for (const step of inner) {
    if (step === '') {
      const item = createTexts();
      node.appended.push(item);
      node = item;
    } else node = member(node, step);
  }
  return node;
}

function member(node: Texts, name: string): Texts {
  let below = node.members.get(name);
  if (below === undefined) {
    below = createTexts();
    node.members.set(name, below);
  }
  return below;
}
