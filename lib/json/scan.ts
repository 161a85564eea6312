import { Fault } from '../fault.ts';
import { isPlainNumber } from './number.ts';

export interface JsonLimits {
  /** Nested arrays and objects. */
  readonly jsonDepth: number;
  /** Characters of a number. */
  readonly numberDigits: number;
}

export interface JsonScan {
  /** Names in all objects, so that a parsed value with fewer keys shows a duplicate. */
  readonly members: number;
  /** Whether JSON.parse gives every number just as it is written. */
  readonly plain: boolean;
}

/** What a byte begins, for the scan; most begin nothing. */
const kinds = new Uint8Array(256);
const STRING = 1;
const NUMBER = 2;
const MEMBER = 3;
const OPEN = 4;
const CLOSE = 5;
for (const [kind, bytes] of [
  [STRING, '"'],
  [NUMBER, '-0123456789'],
  [MEMBER, ':'],
  [OPEN, '{['],
  [CLOSE, '}]'],
] as const) {
  for (const byte of Buffer.from(bytes)) kinds[byte] = kind;
}

/** Where a string ends: the index of its closing quote, or beyond the last byte. */
export function endOfString(bytes: Uint8Array, start: number, length: number): number {
  let i = start + 1;
  for (; i < length; i++) {
    const c = bytes[i];
    if (c === 0x22) return i;
    if (c === 0x5c) i++;
  }
  return i;
}

/** Where a number ends. */
function endOfNumber(bytes: Uint8Array, start: number, limits: JsonLimits): number {
  let end = start + 1;
  while (isNumberByte(bytes[end] ?? 0)) end++;
  if (end - start > limits.numberDigits) {
    throw new Fault('too-large', `A number has more than ${limits.numberDigits} characters`);
  }
  return end;
}

function isNumberByte(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x2d || c === 0x2b || c === 0x65 || c === 0x45;
}

/** Whether a number is one that JSON.parse gives as it is written; short whole ones, which are the many, at a glance. */
function isPlain(bytes: Buffer, start: number, end: number): boolean {
  let i = start;
  while (i < end && (bytes[i] as number) >= 0x30 && (bytes[i] as number) <= 0x39) i++;
  if (i === end && end - start <= 15) return true;
  return isPlainNumber(bytes.toString('latin1', start, end), 0, end - start);
}

/**
 * Looks over JSON before JSON.parse spends memory on it: depth, length of numbers, and what JSON.parse would lose. It does
 * not judge the grammar: JSON.parse does. Over bytes, since that is a third of the cost of over text.
 */
export function scanJson(bytes: Buffer, limits: JsonLimits): JsonScan {
  const { length } = bytes;
  let members = 0;
  let plain = true;
  let depth = 0;
  for (let i = 0; i < length; i++) {
    switch (kinds[bytes[i] as number]) {
      case STRING:
        i = endOfString(bytes, i, length);
        break;
      case MEMBER:
        members++;
        break;
      case OPEN:
        if (++depth > limits.jsonDepth) {
          throw new Fault('too-large', `JSON is nested deeper than ${limits.jsonDepth} levels`);
        }
        break;
      case CLOSE:
        depth--;
        break;
      case NUMBER: {
        const end = endOfNumber(bytes, i, limits);
        plain = plain && isPlain(bytes, i, end);
        i = end - 1;
      }
    }
  }
  return { members, plain };
}
