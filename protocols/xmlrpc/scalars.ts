import type { ScalarDescriptor } from '../../lib/descriptor.ts';
import type { Issues } from '../../lib/issues.ts';
import { readBase64, readDate, readDecimal, readFloat, readInt, readInt64 } from '../../lib/text-value.ts';
import { trimSpace } from '../../lib/trim.ts';
import { readDatetime } from './dates.ts';
import type { WireType } from './structure.ts';

/** Turns the text of a simple type into a value, or notes what is wrong with it. */
export type Convert = (text: string, issues: Issues) => unknown;

/** Which wire types a kind takes, how each is read, the one to expect first, and how to name what is expected. */
export interface ScalarForm {
  readonly expected: string;
  readonly first: WireType;
  readonly from: Partial<Readonly<Record<WireType, Convert>>>;
}

/** A plus sign may lead, but the specification allows no white space in numbers. */
const signed = { xml: true } as const;
const space = /[ \t\r\n]+/g;

const asText: Convert = (text) => text;
const plainInt64: Convert = (text, issues) => readInt64(text, issues);
const plainDecimal: Convert = (text, issues) => readDecimal(text, issues);
const plainDate: Convert = (text, issues) => readDate(text, issues);

const asInt: Convert = (text, issues) => readInt(text, issues, signed);
const asInt64: Convert = (text, issues) => readInt64(text, issues, signed);
const asFloat: Convert = (text, issues) => readFloat(trimSpace(text), issues);

/** A whole number that a double carries exactly. */
const asExact: Convert = (text, issues) => {
  const whole = asInt64(text, issues);
  if (typeof whole !== 'bigint') return whole;
  const value = Number(whole);
  return BigInt(value) === whole ? value : issues.add('range', 'must be a number that a double carries exactly');
};

const wholeDecimal: Convert = (text, issues) => {
  const whole = asInt64(text, issues);
  return typeof whole === 'bigint' ? String(whole) : whole;
};

/** 0 and 1; the words too, since davexmlrpc and others send them. */
const asBoolean: Convert = (text, issues) => {
  const word = text.length === 1 ? text : trimSpace(text);
  if (word === '1' || word === 'true') return true;
  return word === '0' || word === 'false' ? false : issues.add('type', 'must be a boolean: 0 or 1');
};

const text = { string: asText, untyped: asText } as const;

/** DESIGN §3, the XML-RPC column, inwards; a number's digits are read, never a rounded value. */
export const scalarForms = {
  string: { expected: 'a string', first: 'string', from: text },
  enum: { expected: 'a string', first: 'string', from: text },
  date: { expected: 'a string', first: 'string', from: { string: plainDate, untyped: plainDate } },
  decimal: {
    expected: 'a string',
    first: 'string',
    from: {
      string: plainDecimal,
      untyped: plainDecimal,
      int: wholeDecimal,
      i4: wholeDecimal,
      i8: wholeDecimal,
      double: (value, issues) => readDecimal(trimSpace(value), issues, signed),
    },
  },
  int: { expected: 'an int', first: 'int', from: { int: asInt, i4: asInt, i8: asInt } },
  int64: {
    expected: 'a string of digits, an int or an i8',
    first: 'string',
    from: { string: plainInt64, untyped: plainInt64, int: asInt64, i4: asInt64, i8: asInt64 },
  },
  float: {
    expected: 'a double',
    first: 'double',
    from: { double: asFloat, int: asExact, i4: asExact, i8: asExact },
  },
  boolean: { expected: 'a boolean', first: 'boolean', from: { boolean: asBoolean } },
  datetime: {
    expected: 'a dateTime.iso8601',
    first: 'dateTime.iso8601',
    from: { 'dateTime.iso8601': (value, issues) => readDatetime(trimSpace(value), issues) },
  },
  bytes: {
    expected: 'base64',
    first: 'base64',
    from: { base64: (value, issues) => readBase64(value.replace(space, ''), issues) },
  },
} as const satisfies Record<ScalarDescriptor['kind'], ScalarForm>;

/** How the simple types are read where any JSON value may stand: as they are, moments and bytes as text. */
export const jsonScalars: Partial<Readonly<Record<WireType, Convert>>> = {
  string: asText,
  untyped: asText,
  int: asInt,
  i4: asInt,
  i8: asExact,
  double: asFloat,
  boolean: asBoolean,
  'dateTime.iso8601': (value, issues) => {
    const moment = readDatetime(trimSpace(value), issues);
    return moment instanceof Date ? moment.toISOString() : moment;
  },
  base64: (value, issues) => {
    const bare = value.replace(space, '');
    const bytes = readBase64(bare, issues);
    return bytes instanceof Uint8Array ? bare : bytes;
  },
};
