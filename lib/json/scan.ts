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

/** Where a string ends: the index of its closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  for (let c = text.charCodeAt(i); c !== 0x22 && i < text.length; c = text.charCodeAt(i)) i += c === 0x5c ? 2 : 1;
  return i;
}

function isNumberCharacter(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x2d || c === 0x2b || c === 0x65 || c === 0x45;
}

function endOfNumber(text: string, start: number, limits: JsonLimits): number {
  let end = start + 1;
  while (end < text.length && isNumberCharacter(text.charCodeAt(end))) end++;
  if (end - start > limits.numberDigits) {
    throw new Fault('too-large', `A number has more than ${limits.numberDigits} characters`);
  }
  return end;
}

/**
 * Looks over JSON text before JSON.parse spends memory on it: depth, length of numbers, and what JSON.parse would lose.
 * It does not judge the grammar: JSON.parse does.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop over every character of every request, measured
export function scanJson(text: string, limits: JsonLimits): JsonScan {
  let members = 0;
  let plain = true;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) i = endOfString(text, i);
    else if (c === 0x3a) members++;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > limits.jsonDepth)
        throw new Fault('too-large', `JSON is nested deeper than ${limits.jsonDepth} levels`);
    } else if (c === 0x7d || c === 0x5d) depth--;
    else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      const end = endOfNumber(text, i, limits);
      plain = plain && isPlainNumber(text, i, end);
      i = end - 1;
    }
  }
  return { members, plain };
}
