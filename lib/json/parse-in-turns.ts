import { isAscii } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Turn } from '../turn.ts';
import { malformed, placeAfter, type Surroundings } from './exact.ts';
import { type LongArray, LongArrays } from './long-arrays.ts';
import { checkCharset, checkUtf8, type ParsedJson, parseDecoded, parseJsonBody } from './parse.ts';
import type { JsonLimits } from './scan.ts';

/** Stands for the items of a long array while what is around it is read: a text that nobody else can know. */
const mark = randomUUID();

/** The document without the items of its long arrays, and where its parts come from. */
interface Shell {
  readonly text: string;
  /** Of each part: where it begins in the text, and in the bytes. */
  readonly parts: readonly { readonly at: number; readonly from: number }[];
}

/**
 * Reads the body of a large JSON request in turns, with the same outcome as `parseJsonBody`: the items of long arrays piece
 * by piece, and what is left around them.
 * @throws Fault as `parseJsonBody`; `timeout`
 */
export async function parseJsonInTurns(
  whole: Buffer,
  contentType: string | undefined,
  limits: JsonLimits,
  turn: Turn,
): Promise<ParsedJson> {
  checkCharset(contentType);
  if (!isAscii(whole)) checkUtf8(whole);
  const body = withoutMark(whole);
  const arrays = new LongArrays(body, limits);
  while (arrays.goOn()) if (turn.isOver()) await turn.next();
  const { found } = arrays;
  if (found.length === 0) return parseJsonBody(whole, contentType, limits);
  const { value, plain } = parseShell(body, found, limits);
  const marked = new Map(markedArrays(value, []).map((one) => [one.index, one]));
  let allPlain = plain;
  for (const [index, array] of found.entries()) {
    const into = marked.get(index);
    if (into === undefined) throw new Error('A long array is not where it was found');
    allPlain = (await readItems(body, array, into, limits, turn)) && allPlain;
  }
  return { value, plain: allPlain };
}

/** Reads the items of a long array; tells whether all of their numbers are plain. */
async function readItems(
  body: Buffer,
  array: LongArray,
  into: Marked,
  limits: JsonLimits,
  turn: Turn,
): Promise<boolean> {
  let plain = true;
  into.items.length = 0;
  for (const piece of piecesOf(array)) {
    plain = readPiece(body, piece, into, limits) && plain;
    if (turn.isOver()) await turn.next();
  }
  return plain;
}

function parseShell(body: Buffer, arrays: readonly LongArray[], limits: JsonLimits): ParsedJson {
  const { text, parts } = shellOf(body, arrays);
  const place = (at: number): string => {
    const part = parts.findLast((one) => one.at <= at) ?? { at: 0, from: 0 };
    return placeIn(body, part.from, text.slice(part.at, at));
  };
  return parseDecoded(text, Buffer.from(text), limits, { path: [], before: 0, place });
}

function shellOf(body: Buffer, arrays: readonly LongArray[]): Shell {
  const parts = [{ at: 0, from: 0 }];
  let text = '';
  let from = 0;
  for (const [index, { start, end }] of arrays.entries()) {
    text += `${body.toString('utf8', from, start)}"${mark}",${index}`;
    parts.push({ at: text.length, from: end });
    from = end;
  }
  return { text: text + body.toString('utf8', from), parts };
}

/** The bytes after an initial byte order mark, which is ignored (RFC 8259 §8.1). */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** The line and column of what follows a text that begins at some byte. */
function placeIn(body: Buffer, from: number, text: string): string {
  return placeAfter(body.toString('utf8', 0, from) + text);
}

/** An array that holds the mark, and the number of the long array that it is. */
interface Marked {
  readonly index: number;
  readonly items: unknown[];
  readonly path: readonly (string | number)[];
}

/** Levels below which no long array has been looked for. */
const levels = 6;

function markedArrays(value: unknown, path: readonly (string | number)[]): Marked[] {
  if (typeof value !== 'object' || value === null || path.length > levels) return [];
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, member]) => markedArrays(member, [...path, name]));
  }
  if (value[0] === mark) return [{ index: value[1] as number, items: value, path }];
  return value.flatMap((item, index) => markedArrays(item, [...path, index]));
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

function piecesOf({ start, end, cuts }: LongArray): Piece[] {
  const ends = [...cuts, end];
  return ends.map((last, i) => ({ start: i === 0 ? start : (ends[i - 1] as number) + 1, end: last }));
}

/** Reads items and adds them to those before them; tells whether all of their numbers are plain. */
function readPiece(body: Buffer, { start, end }: Piece, { items, path }: Marked, limits: JsonLimits): boolean {
  const bytes = body.subarray(start, end);
  const text = `[${bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')}]`;
  const place = (at: number): string => placeIn(body, start, text.slice(1, Math.max(1, at)));
  const around: Surroundings = { path, before: items.length, place };
  const { value, plain } = parseDecoded(text, bytes, limits, around);
  const read = value as unknown[];
  if (read.length === 0) throw malformed(place(text.length - 1)); // a comma with nothing before or after it
  for (const item of read) items.push(item);
  return plain;
}
