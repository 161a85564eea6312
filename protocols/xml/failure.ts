import { Fault, type FaultCode } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';

const SHOWN = 60;

/** Refuses the document: throws a fault that says what is wrong and where (XML 1.0 §1.2, fatal error). */
export function fail(input: string, position: number, message: string, code: FaultCode = 'malformed'): never {
  throw new Fault(code, `${message} at ${place(input, position)}`);
}

/** Refuses what the document has too much of, naming the limit (DESIGN §8). */
export function exceed(input: string, position: number, limit: number, what: string): never {
  fail(input, position, `The limit of ${limit} ${what} is exceeded`, 'too-large');
}

/** Codes of messages that break in a way that has a place among the parameters. */
const locatable: ReadonlySet<string> = new Set(['invalid-request', 'too-large'] satisfies FaultCode[]);

/** Reads parameters, and tells of a message that breaks where it broke. */
export function locate<T>(issues: Issues, read: () => T): T {
  try {
    return read();
  } catch (reason) {
    if (!(reason instanceof Fault) || !locatable.has(reason.code) || issues.path === '') throw reason;
    throw new Fault(reason.code as FaultCode, `${reason.message}, in ${issues.path}`, { cause: reason });
  }
}

/** A name for a message: cut after 60 characters, and what cannot be printed replaced. */
export function shown(name: string): string {
  const cut = name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name;
  return cut.replace(/[^\x21-\x7e\xa1-\ud7ff\uf900-\ufffd…]/g, '?');
}

/** A character for a message: `U+0001`. */
export function codePoint(code: number): string {
  if (code > 0x10ffff) return 'beyond U+10FFFF';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

// Lines end as in XML 1.0 §2.11: LF, CR LF, or CR alone.
function place(input: string, position: number): string {
  let line = 1;
  let start = 0;
  for (let i = 0; i < position; i++) {
    const code = input.charCodeAt(i);
    if (code === 10 || (code === 13 && input.charCodeAt(i + 1) !== 10)) {
      line++;
      start = i + 1;
    }
  }
  return `line ${line}, column ${position - start + 1}`;
}
