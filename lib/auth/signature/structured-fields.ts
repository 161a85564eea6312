/** A token (RFC 8941 §3.3.4), told apart from a string. */
interface Token {
  readonly token: string;
}

/** Decimals are none of what signatures need. */
type BareItem = number | string | boolean | Buffer | Token;

export type Parameters = ReadonlyMap<string, BareItem>;

export interface Item {
  readonly value: BareItem;
  readonly parameters: Parameters;
}

export interface InnerList {
  readonly items: readonly Item[];
  readonly parameters: Parameters;
}

export type Dictionary = ReadonlyMap<string, Item | InnerList>;

export function isInnerList(member: Item | InnerList): member is InnerList {
  return 'items' in member;
}

const malformed = new Error('malformed');

const patterns = {
  key: /[a-z*][a-z0-9_.*-]*/y,
  string: /"[ !#-[\]-~]*(?:\\["\\][ !#-[\]-~]*)*"/y,
  integer: /-?[0-9]{1,15}(?![0-9.])/y,
  bytes: /:[A-Za-z0-9+/]*={0,2}:/y,
  boolean: /\?[01]/y,
  token: /[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*/y,
  spaces: / */y,
  between: /[ \t]*,[ \t]*/y,
  equals: /=/y,
  semicolon: /;/y,
  open: /\(/y,
  close: /\)/y,
} as const;

type Pattern = keyof typeof patterns;

/** A place in a text that moves on with what is taken. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at === this.#text.length;
  }

  take(name: Pattern): string | undefined {
    const pattern = patterns[name];
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  demand(name: Pattern): string {
    const found = this.take(name);
    if (found === undefined) throw malformed;
    return found;
  }
}

/**
 * Reads a dictionary (RFC 8941 §4.2.2), stricter than the RFC: a key given twice, unpadded or otherwise unusual base64,
 * and decimals are refused.
 * @returns undefined for what is none
 */
export function readDictionary(text: string): Dictionary | undefined {
  try {
    return readMembers(new Reader(text));
  } catch (reason) {
    if (reason === malformed) return undefined;
    throw reason;
  }
}

function readMembers(reader: Reader): Dictionary {
  const members = new Map<string, Item | InnerList>();
  reader.take('spaces');
  while (!reader.done) {
    const key = reader.demand('key');
    if (members.has(key)) throw malformed;
    members.set(key, readMember(reader));
    reader.take('spaces');
    if (reader.done) return members;
    reader.demand('between');
    if (reader.done) throw malformed;
  }
  return members;
}

function readMember(reader: Reader): Item | InnerList {
  if (reader.take('equals') === undefined) return { value: true, parameters: readParameters(reader) };
  if (reader.take('open') === undefined) return readItem(reader);
  const items: Item[] = [];
  let spaces = reader.demand('spaces');
  while (reader.take('close') === undefined) {
    if (items.length > 0 && spaces === '') throw malformed;
    items.push(readItem(reader));
    spaces = reader.demand('spaces');
  }
  return { items, parameters: readParameters(reader) };
}

function readItem(reader: Reader): Item {
  return { value: readBareItem(reader), parameters: readParameters(reader) };
}

function readParameters(reader: Reader): Parameters {
  const parameters = new Map<string, BareItem>();
  while (reader.take('semicolon') !== undefined) {
    reader.take('spaces');
    const key = reader.demand('key');
    if (parameters.has(key)) throw malformed;
    parameters.set(key, reader.take('equals') === undefined ? true : readBareItem(reader));
  }
  return parameters;
}

function readBareItem(reader: Reader): BareItem {
  const string = reader.take('string');
  if (string !== undefined) return string.slice(1, -1).replace(/\\(.)/g, '$1');
  const integer = reader.take('integer');
  if (integer !== undefined) return Number(integer);
  const bytes = reader.take('bytes');
  if (bytes !== undefined) return bytesOf(bytes.slice(1, -1));
  const boolean = reader.take('boolean');
  if (boolean !== undefined) return boolean === '?1';
  return { token: reader.demand('token') };
}

function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw malformed;
  return bytes;
}

/** Writes an inner list (RFC 8941 §4.1.1.1), the one form that each has. */
export function writeInnerList({ items, parameters }: InnerList): string {
  return `(${items.map(writeItem).join(' ')})${writeParameters(parameters)}`;
}

function writeItem({ value, parameters }: Item): string {
  return writeBareItem(value) + writeParameters(parameters);
}

function writeParameters(parameters: Parameters): string {
  return [...parameters]
    .map(([key, value]) => (value === true ? `;${key}` : `;${key}=${writeBareItem(value)}`))
    .join('');
}

function writeBareItem(value: BareItem): string {
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '?1' : '?0';
  return 'token' in value ? value.token : `:${value.toString('base64')}:`;
}
