import { isChar, ncNameEnd } from './characters.ts';
import { codePoint, fail, shown } from './failure.ts';

const digits = /^(?:[0-9]+|x[0-9A-Fa-f]+)$/;

/** Text as the application sees it: references resolved, line ends normalised (XML 1.0 §2.11, §4.4, §4.6). */
export function decodeText(input: string, start: number, end: number): string {
  return resolve(input, start, end, decodeLines);
}

/** An attribute's value after normalisation: white space is a space unless it came by reference (XML 1.0 §3.3.3). */
export function decodeAttribute(input: string, start: number, end: number): string {
  return resolve(input, start, end, spaces);
}

/** Line ends are LF, however they were written (XML 1.0 §2.11). */
export function decodeLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function spaces(text: string): string {
  if (!text.includes('\n') && !text.includes('\t') && !text.includes('\r')) return text;
  return text.replace(/\r\n|[\t\n\r]/g, ' ');
}

// Resolves the references between two positions; what stands between them goes through `literal`.
function resolve(input: string, start: number, end: number, literal: (text: string) => string): string {
  const source = input.slice(start, end);
  const replaced = literal(source);
  let ampersand = source.indexOf('&');
  if (ampersand < 0) return replaced;
  const plain = replaced === source;
  let from = 0;
  let text = '';
  while (ampersand >= 0) {
    const semicolon = source.indexOf(';', ampersand);
    if (semicolon < 0) fail(input, start + ampersand, 'A bare & is not allowed');
    const before = source.slice(from, ampersand);
    text += plain ? before : literal(before);
    text += referred(source.slice(ampersand + 1, semicolon), input, start + ampersand);
    from = semicolon + 1;
    ampersand = source.indexOf('&', from);
  }
  const rest = source.slice(from);
  return text + (plain ? rest : literal(rest));
}

// The five entities that need no declaration (XML 1.0 §4.6): there are no others without a DTD.
function predefined(name: string): string | undefined {
  switch (name) {
    case 'amp':
      return '&';
    case 'lt':
      return '<';
    case 'gt':
      return '>';
    case 'quot':
      return '"';
    case 'apos':
      return "'";
    default:
      return undefined;
  }
}

// What stands between `&` and `;` (XML 1.0 §4.1).
function referred(name: string, input: string, position: number): string {
  const character = predefined(name);
  if (character !== undefined) return character;
  if (!name.startsWith('#')) {
    const named = name !== '' && ncNameEnd(`${name};`, 0) === name.length;
    fail(input, position, named ? `The entity &${shown(name)}; is not defined` : 'A bare & is not allowed');
  }
  if (!digits.test(name.slice(1))) fail(input, position, 'A character reference is not well formed');
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  if (!isChar(code)) fail(input, position, `A reference to the character ${codePoint(code)} is not allowed`);
  return String.fromCodePoint(code);
}
