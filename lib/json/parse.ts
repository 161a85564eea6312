import { isAscii, isUtf8 } from 'node:buffer';
import { Fault } from '../fault.ts';
import { parseExactJson, type Surroundings } from './exact.ts';
import { type JsonLimits, scanJson } from './scan.ts';

/** A JSON document as a value. */
export interface ParsedJson {
  /** Numbers that a double would change are JsonNumber. */
  readonly value: unknown;
  /** Whether there is no JsonNumber anywhere in the value. */
  readonly plain: boolean;
}

/** Counts the names in all objects of a value. */
function countKeys(value: object): number {
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === 'object' && item !== null) count += countKeys(item);
    }
    return count;
  }
  for (const key in value) {
    const item: unknown = (value as Record<string, unknown>)[key];
    count++;
    if (typeof item === 'object' && item !== null) count += countKeys(item);
  }
  return count;
}

/** Reads JSON whose bytes have been decoded to `text`; `around` it may be more. */
export function parseDecoded(text: string, bytes: Buffer, limits: JsonLimits, around?: Surroundings): ParsedJson {
  const { members, plain } = scanJson(bytes, limits);
  if (!plain) return { value: parseExactJson(text, around), plain };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    parseExactJson(text, around); // throws, and says where
    throw new Fault('malformed', 'The text is not JSON', { cause });
  }
  const keys = typeof value === 'object' && value !== null ? countKeys(value) : 0;
  if (keys !== members) parseExactJson(text, around); // throws, and says which name is given twice
  return { value, plain };
}

/**
 * Reads JSON text under limits; duplicate names are refused and no digit is lost.
 * @throws Fault `malformed`, `too-large`, `invalid-request`
 */
export function parseJson(text: string, limits: JsonLimits): ParsedJson {
  return parseDecoded(text, Buffer.from(text), limits);
}

/**
 * Reads the body of a JSON request: UTF-8, an initial byte order mark ignored (RFC 8259 §8.1).
 * @throws Fault `unsupported-encoding`, `invalid-encoding`, and as `parseJson`
 */
export function parseJsonBody(body: Buffer, contentType: string | undefined, limits: JsonLimits): ParsedJson {
  checkCharset(contentType);
  if (isAscii(body)) return parseDecoded(body.toString('latin1'), body, limits);
  checkUtf8(body);
  const text = body.toString('utf8');
  return parseDecoded(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, body, limits);
}

/** Refuses a Content-Type that tells another encoding than that of JSON and of forms. */
export function checkCharset(contentType: string | undefined, what = 'JSON'): void {
  const charset = contentType?.includes(';') ? /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] : undefined;
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new Fault('unsupported-encoding', `${what} must be sent in UTF-8`);
  }
}

/** Refuses bytes that are not UTF-8. */
export function checkUtf8(body: Buffer): void {
  if (!isUtf8(body)) throw new Fault('invalid-encoding', 'The body is not valid UTF-8');
}
