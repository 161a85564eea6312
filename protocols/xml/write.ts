import { Fault } from '../../lib/fault.ts';
import { isChar } from './characters.ts';
import { codePoint } from './failure.ts';

/** What every document of ours begins with (XML 1.0 §2.8). */
export const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>';

// What cannot stand for itself. A native search is as quick as a loop on short strings and three times as quick on long.
const inText = /[^\t\n -%'-;=?-~]/;
const inAttribute = /[^ !#-%(-;=?-~]/;

// By character code: what is written instead, '' for the character itself, undefined where `reference` decides.
const textForms = forms(inText, { '&': '&amp;', '<': '&lt;', '>': '&gt;' });
const attributeForms = forms(inAttribute, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' });

/**
 * Escapes character data, `>` too for the sake of `]]>` (XML 1.0 §2.4), and CR so that it survives (§2.11). What is not
 * ASCII becomes a reference, as pure ASCII is cheaper to encode. What XML cannot carry is `invalid-result` (§2.2).
 */
export function escapeText(text: string): string {
  return inText.test(text) ? escaped(text, textForms, reference) : text;
}

/**
 * The same, but characters beyond the BMP stay: gSOAP reads six characters of a reference at most, and takes the semicolon
 * after `&#128512` for text.
 */
export function escapeInUtf8(text: string): string {
  return inText.test(text) ? escaped(text, textForms, referenceInBmp) : text;
}

/** Escapes an attribute's value for either quote (XML 1.0 §2.3, AttValue), white space so that it survives (§3.3.3). */
export function escapeAttribute(value: string): string {
  return inAttribute.test(value) ? escaped(value, attributeForms, reference) : value;
}

function forms(special: RegExp, named: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  return Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code);
    return special.test(character) ? named[character] : '';
  });
}

function escaped(text: string, written: readonly (string | undefined)[], otherwise: (code: number) => string): string {
  const { length } = text;
  let result = '';
  let from = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    const form = code < 128 ? written[code] : undefined;
    if (form === '') continue;
    result += text.slice(from, i) + (form ?? otherwise(text.codePointAt(i) as number));
    if (code >= 0xd800 && code < 0xe000) i++; // both halves of a pair: a lone one was refused
    from = i + 1;
  }
  return result + text.slice(from);
}

function reference(code: number): string {
  if (!isChar(code)) throw new Fault('invalid-result', `a character that XML cannot carry (${codePoint(code)})`);
  return `&#${code};`;
}

function referenceInBmp(code: number): string {
  return code > 0xffff ? String.fromCodePoint(code) : reference(code);
}
