/**
 * Source text of a function that is built once from a descriptor and run for every call. Everything that goes into it
 * is a checked name, a number or a JSON string; values reach it as constants.
 */
export class Source {
  readonly #lines: string[] = [];
  readonly #names: string[] = [];
  readonly #values: unknown[] = [];
  #fresh = 0;

  /** An unused variable name. */
  fresh(prefix = 'v'): string {
    return `${prefix}${this.#fresh++}`;
  }

  /** Makes a value reachable for the code, and returns the name under which it is. */
  constant(value: unknown): string {
    const known = this.#values.indexOf(value);
    if (known !== -1) return this.#names[known] as string;
    const name = this.fresh('c');
    this.#names.push(name);
    this.#values.push(value);
    return name;
  }

  /** Adds a statement or a declaration. */
  add(line: string): void {
    this.#lines.push(line);
  }

  /** Compiles everything added into a function `(params) => { body }`. */
  build<F>(params: string, body: string): F {
    const code = `'use strict';\n${this.#lines.join('\n')}\nreturn function (${params}) {\n${body}\n};`;
    return new Function(...this.#names, code)(...this.#values) as F;
  }
}

/** The code that reads a field of an object: never an inherited one, whatever the field is called. */
export function property(object: string, field: string): string {
  const access = `${object}[${JSON.stringify(field)}]`;
  return field in Object.prototype
    ? `(Object.hasOwn(${object}, ${JSON.stringify(field)}) ? ${access} : undefined)`
    : access;
}
