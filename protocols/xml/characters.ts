import { codePoint, fail } from './failure.ts';

const START = 1;
const NAME = 2;

// Classes of the ASCII characters; the colon is none of an NCName (Namespaces in XML §3).
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) classes[code] = START | NAME;
  else if (/[-.0-9]/.test(character)) classes[code] = NAME;
}

// Beyond ASCII: NameStartChar, and what NameChar adds to it (XML 1.0 §2.3).
const wideStart =
  /[\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]/uy;
const wideName =
  /[-.0-9A-Z_a-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c-\u200d\u203f-\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]*/uy;

// The rest of a name from its first character beyond ASCII on.
function wideNameEnd(input: string, position: number): number {
  wideName.lastIndex = position;
  wideName.test(input);
  return wideName.lastIndex;
}

/** Finds the end of the NCName at `start`; there is none if it is `start` (Namespaces in XML §3). */
export function ncNameEnd(input: string, start: number): number {
  let p = start;
  let code = input.charCodeAt(p);
  if (code < 128) {
    if (((classes[code] as number) & START) === 0) return start;
    do code = input.charCodeAt(++p);
    while (code < 128 && ((classes[code] as number) & NAME) !== 0);
    return code < 128 ? p : wideNameEnd(input, p);
  }
  wideStart.lastIndex = start;
  return wideStart.test(input) ? wideNameEnd(input, start) : start;
}

/** White space: S (XML 1.0 §2.3). */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** Skips white space (XML 1.0 §2.3, S). */
export function spaceEnd(input: string, start: number): number {
  let p = start;
  while (isSpace(input.charCodeAt(p))) p++;
  return p;
}

/** Whether the input has this name at this place. Slices of up to 12 characters are cheaper to compare than characters. */
export function matches(input: string, start: number, name: string): boolean {
  const { length } = name;
  if (length < 13) return input.slice(start, start + length) === name;
  for (let i = 0; i < length; i++) {
    if (input.charCodeAt(start + i) !== name.charCodeAt(i)) return false;
  }
  return true;
}

/** Char: what a document may hold, also by reference (XML 1.0 §2.2). */
export function isChar(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const control = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/**
 * Refuses a document with a character that is no Char, wherever it stands: one native pass each (XML 1.0 §2.1, §2.2).
 * @param clean it has no control characters and no halves of surrogate pairs
 */
export function checkChars(input: string, clean: boolean): void {
  const passed = clean || (!control.test(input) && isWellFormed(input));
  if (passed && !input.includes('\ufffe') && !input.includes('\uffff')) return;
  for (let p = 0; p < input.length; p++) {
    const code = input.codePointAt(p) as number;
    if (!isChar(code)) fail(input, p, `The character ${codePoint(code)} is not allowed in XML`);
    if (code > 0xffff) p++;
  }
}

// Node has it since version 20; TypeScript's library of ES2023 has not.
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
