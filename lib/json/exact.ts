import { Fault } from '../fault.ts';
import { isPlainNumber, JsonNumber } from './number.ts';

const whitespace = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const quoteOrEscape = /["\\]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings exclude control characters (RFC 8259 §7)
const special = /[\\\u0000-\u001f]/;

/** Of a text that is a part of a larger one: where it stands there. */
export interface Surroundings {
  /** The path of the value. */
  readonly path: readonly (string | number)[];
  /** How many items of the same array come before. */
  readonly before: number;
  /** The place of a character. */
  readonly place: (at: number) => string;
}

/** Where a text ends: the line and column of what would follow. */
export function placeAfter(text: string): string {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line++;
  return `line ${line}, column ${text.length - text.lastIndexOf('\n')}`;
}

/** A text is not JSON, at this place. */
export function malformed(place: string): Fault {
  return new Fault('malformed', `The text is not JSON: ${place}`);
}

/**
 * A JSON reader that keeps what JSON.parse loses: numbers as digits where a double would not do, duplicate names (refused),
 * and the place of an error. Slower than JSON.parse, so it runs only on text that needs it. RFC 8259.
 */
class ExactJson {
  readonly #text: string;
  /** Names and indexes that lead to the value being read. */
  readonly #path: (string | number)[];
  readonly #around: Surroundings | undefined;
  #at = 0;

  constructor(text: string, around: Surroundings | undefined) {
    this.#text = text;
    this.#path = [...(around?.path ?? [])];
    this.#around = around;
  }

  document(): unknown {
    const value = this.#value(this.#around?.before);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#broken();
    return value;
  }

  #broken(): Fault {
    return malformed(this.#around?.place(this.#at) ?? placeAfter(this.#text.slice(0, this.#at)));
  }

  #skip(): void {
    if (this.#text.charCodeAt(this.#at) > 0x20) return;
    whitespace.lastIndex = this.#at;
    whitespace.test(this.#text);
    this.#at = whitespace.lastIndex;
  }

  #take(literal: string): boolean {
    this.#skip();
    if (!this.#text.startsWith(literal, this.#at)) return false;
    this.#at += literal.length;
    return true;
  }

  #expect(literal: string): void {
    if (!this.#take(literal)) throw this.#broken();
  }

  #number(): string {
    number.lastIndex = this.#at;
    const found = number.exec(this.#text);
    if (!found) throw this.#broken();
    this.#at = number.lastIndex;
    return found[0];
  }

  /** A text; most have nothing in them that does not stand for itself. */
  #string(): string {
    const start = this.#at + 1;
    const end = this.#text.indexOf('"', start);
    if (this.#text.charCodeAt(this.#at) !== 0x22 || end === -1) throw this.#broken();
    const text = this.#text.slice(start, end);
    if (special.test(text)) return this.#escaped(start);
    this.#at = end + 1;
    return text;
  }

  /** A pattern of a whole string would keep a note of each character, until there is no room for them: its end is looked for. */
  #escaped(start: number): string {
    quoteOrEscape.lastIndex = start;
    for (let found = quoteOrEscape.exec(this.#text); found !== null; found = quoteOrEscape.exec(this.#text)) {
      if (found[0] === '"') return this.#unquoted(start - 1, found.index + 1);
      quoteOrEscape.lastIndex = found.index + 2;
    }
    throw this.#broken();
  }

  /** Escapes and control characters (RFC 8259 §7) are JSON.parse's business. */
  #unquoted(start: number, end: number): string {
    try {
      const value = JSON.parse(this.#text.slice(start, end)) as string;
      this.#at = end;
      return value;
    } catch {
      throw this.#broken();
    }
  }

  /** @param before how many items of the same array come before, if it is one */
  #value(before = 0): unknown {
    if (this.#take('{')) return this.#object();
    if (this.#take('[')) return this.#array(before);
    if (this.#take('true')) return true;
    if (this.#take('false')) return false;
    if (this.#take('null')) return null;
    if (this.#text.charCodeAt(this.#at) === 0x22) return this.#string();
    const token = this.#number();
    return isPlainNumber(token, 0, token.length) ? Number(token) : new JsonNumber(token);
  }

  #array(before: number): unknown[] {
    const items: unknown[] = [];
    if (this.#take(']')) return items;
    const depth = this.#path.length;
    do {
      this.#path[depth] = before + items.length;
      items.push(this.#value());
    } while (this.#take(','));
    this.#path.length = depth;
    this.#expect(']');
    return items;
  }

  #object(): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    if (this.#take('}')) return members;
    const depth = this.#path.length;
    do {
      this.#skip();
      const name = this.#string();
      this.#path[depth] = name;
      if (Object.hasOwn(members, name)) throw duplicate(this.#path);
      this.#expect(':');
      const value = this.#value();
      if (name !== '__proto__') members[name] = value;
      else Object.defineProperty(members, name, { value, enumerable: true, writable: true, configurable: true });
    } while (this.#take(','));
    this.#path.length = depth;
    this.#expect('}');
    return members;
  }
}

function duplicate(path: readonly (string | number)[]): Fault {
  const issue = { path: path.join('/').slice(0, 200), code: 'duplicate', message: 'is given twice' };
  return new Fault('invalid-request', 'A name occurs twice in one object', { issues: [issue] });
}

/**
 * Reads JSON text exactly. Its depth must have been checked before.
 * @throws Fault `malformed` with line and column, `invalid-request` with the path of a duplicate name
 */
export function parseExactJson(text: string, around?: Surroundings): unknown {
  return new ExactJson(text, around).document();
}
