import { Fault } from '../fault.ts';
import { isPlainNumber, JsonNumber } from './number.ts';

const whitespace = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings exclude control characters (RFC 8259 §7)
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * A JSON reader that keeps what JSON.parse loses: numbers as digits where a double would not do, duplicate names (refused),
 * and the place of an error. Slower than JSON.parse, so it runs only on text that needs it. RFC 8259.
 */
class ExactJson {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value([]);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#broken();
    return value;
  }

  #broken(): Fault {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    return new Fault('malformed', `The text is not JSON: line ${line}, column ${this.#at - before.lastIndexOf('\n')}`);
  }

  #skip(): void {
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

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw this.#broken();
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #value(path: readonly (string | number)[]): unknown {
    if (this.#take('{')) return this.#object(path);
    if (this.#take('[')) return this.#array(path);
    if (this.#take('true')) return true;
    if (this.#take('false')) return false;
    if (this.#take('null')) return null;
    if (this.#text.charCodeAt(this.#at) === 0x22) return JSON.parse(this.#match(string));
    const token = this.#match(number);
    return isPlainNumber(token, 0, token.length) ? Number(token) : new JsonNumber(token);
  }

  #array(path: readonly (string | number)[]): unknown[] {
    const items: unknown[] = [];
    if (this.#take(']')) return items;
    do items.push(this.#value([...path, items.length]));
    while (this.#take(','));
    this.#expect(']');
    return items;
  }

  #object(path: readonly (string | number)[]): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    if (this.#take('}')) return members;
    do {
      this.#skip();
      const name = JSON.parse(this.#match(string)) as string;
      if (Object.hasOwn(members, name)) throw duplicate([...path, name]);
      this.#expect(':');
      const value = this.#value([...path, name]);
      Object.defineProperty(members, name, { value, enumerable: true, writable: true, configurable: true });
    } while (this.#take(','));
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
export function parseExactJson(text: string): unknown {
  return new ExactJson(text).document();
}
