import { createHash } from 'node:crypto';
import { Turn } from '../turn.ts';

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The values of a call as one text: two calls have the same text if, and only if, their handlers are given the same. Names
 * are sorted; a member that is undefined is as good as absent.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `i${value}`;
    case 'undefined':
      return 'u';
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    default:
      return JSON.stringify(value);
  }
}

function canonicalObject(value: object): string {
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof Uint8Array) {
    return `b${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}`;
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = membersOf(value).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** The members that are there, by name. */
function membersOf(value: object): [string, unknown][] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What `canonical` gives, in pieces: lists, and lists in objects, item by item. */
function* canonicalPieces(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    yield '[';
    for (let i = 0; i < value.length; i++) yield i === 0 ? canonical(value[i]) : `,${canonical(value[i])}`;
    yield ']';
  } else if (isPlain(value)) yield* memberPieces(value);
  else yield canonical(value);
}

function* memberPieces(value: object): Generator<string> {
  let before = '{';
  for (const [name, member] of membersOf(value)) {
    yield `${before}${JSON.stringify(name)}:`;
    yield* canonicalPieces(member);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);
}

/** SHA-256 in hex of a text, a line feed and the canonical text of values; others have their turn while long lists are read. */
export async function digestWith(text: string, values: unknown): Promise<string> {
  const hash = createHash('sha256').update(`${text}\n`);
  const turn = new Turn({ gone: undefined });
  for (const piece of canonicalPieces(values)) {
    hash.update(piece);
    if (turn.isOver()) await turn.next();
  }
  return hash.digest('hex');
}
