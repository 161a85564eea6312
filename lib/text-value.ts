import { fromBase64 } from './base64.ts';
import type { ScalarDescriptor } from './descriptor.ts';
import type { Issues } from './issues.ts';
import { trimSpace } from './trim.ts';

/** How a protocol spells its scalars where they differ from plain text. */
export interface Spelling {
  /** A moment without a zone means UTC (XML Schema) instead of being refused (RFC 3339 §5.6). */
  readonly zoneless?: 'utc';
  /** White space around typed values is not part of them (XML Schema part 2 §4.3.6), and a plus sign may lead a number. */
  readonly xml?: boolean;
}

const integer = /^-?(?:0|[1-9][0-9]*)$/;
const xmlInteger = /^[+-]?(?:0|[1-9][0-9]*)$/;
const decimal = /^-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/;
const xmlDecimal = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;
const float = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const moment =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})?$/;
const day = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const zonedDay = /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?$/;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

export const int64Min = -(2n ** 63n);
export const int64Max = 2n ** 63n - 1n;

/** The longest number that is read, in characters. */
const longestNumber = 1_000;

/**
 * Reads text as the value of a scalar descriptor; what is wrong goes into `issues`.
 * Ranges, lengths, patterns and enumerations are the validator's business, not this one's.
 */
export function readText(d: ScalarDescriptor, raw: string, issues: Issues, spelling: Spelling = {}): unknown {
  if (d.kind === 'string' || d.kind === 'enum') return raw;
  const text = spelling.xml ? trimSpace(raw) : raw;
  switch (d.kind) {
    case 'boolean':
      if (text === '1' || text === 'true') return true;
      if (text === '0' || text === 'false') return false;
      return issues.add('type', 'must be a boolean: 1, 0, true or false');
    case 'int':
      return readInt(text, issues, spelling);
    case 'int64':
      return readInt64(text, issues, spelling);
    case 'float':
      return readFloat(text, issues);
    case 'decimal':
      return readDecimal(text, issues, spelling);
    case 'date':
      return readDate(text, issues, spelling);
    case 'datetime':
      return readMoment(text, issues, spelling);
    case 'bytes':
      return readBase64(spelling.xml ? text.replace(/[ \t\r\n]+/g, '') : text, issues);
  }
}

/** A whole number of 32 bits out of its digits; `007`, `0x10`, `1e3` and `5.0` are none. */
export function readInt(text: string, issues: Issues, spelling: Spelling = {}): unknown {
  if (!(spelling.xml ? xmlInteger : integer).test(text)) return issues.add('type', 'must be a whole number');
  const value = Number(text) + 0;
  return text.length < 13 && value === (value | 0) ? value : issues.add('range', 'must fit into 32 bits');
}

/** A whole number of 64 bits out of its digits. */
export function readInt64(text: string, issues: Issues, spelling: Spelling = {}): unknown {
  if (!(spelling.xml ? xmlInteger : integer).test(text)) return issues.add('type', 'must be a whole number');
  if (text.length > 20) return issues.add('range', 'must fit into 64 bits');
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value >= int64Min && value <= int64Max ? value : issues.add('range', 'must fit into 64 bits');
}

/** A finite double; INF and NaN are refused, and zero has no sign. */
export function readFloat(text: string, issues: Issues): unknown {
  if (text.length > longestNumber) return issues.add('length', `must have at most ${longestNumber} characters`);
  if (!float.test(text)) return issues.add('type', 'must be a number');
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : issues.add('range', 'must be a finite number');
}

/** An exact decimal, kept as written but for a plus sign and a missing digit before or after the point. */
export function readDecimal(text: string, issues: Issues, spelling: Spelling = {}): unknown {
  if (text.length > longestNumber) return issues.add('length', `must have at most ${longestNumber} characters`);
  if (!(spelling.xml ? xmlDecimal : decimal).test(text)) {
    return issues.add('type', 'must be a decimal number without exponent');
  }
  const plain = text.startsWith('+') ? text.slice(1) : text;
  return plain.replace(/^(-?)\./, '$10.').replace(/\.$/, '');
}

function isDay(year: string, month: string, date: string): boolean {
  const y = Number(year);
  const m = Number(month);
  const d = Number(date);
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const days = m === 2 ? (leap ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31;
  return y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= days;
}

/** A day `YYYY-MM-DD` (RFC 3339 full-date); in XML a zone may follow and is ignored. */
export function readDate(text: string, issues: Issues, spelling: Spelling = {}): unknown {
  const found = (spelling.xml ? zonedDay : day).exec(text);
  const [, year = '', month = '', date = ''] = found ?? [];
  return found && isDay(year, month, date) ? text.slice(0, 10) : issues.add('type', 'must be a day as YYYY-MM-DD');
}

/** A moment (RFC 3339 §5.6, XML Schema dateTime): a Date, fractions cut to milliseconds. */
export function readMoment(text: string, issues: Issues, spelling: Spelling = {}): unknown {
  const found = text.length <= longestNumber ? moment.exec(text) : null;
  if (!found) return issues.add('type', 'must be a date and time as YYYY-MM-DDTHH:MM:SSZ');
  const [, year = '', month = '', date = '', hour = '', minute = '', second = '', fraction = '', zone] = found;
  if (zone === undefined && spelling.zoneless !== 'utc') return issues.add('type', 'must name its zone: Z or +HH:MM');
  if (hour === '24' && spelling.xml !== true) return issues.add('type', 'must be a date and time that exists');
  return makeMoment([year, month, date, hour, minute, second, fraction], zone, issues, spelling.xml ? 14 : 23);
}

/** Puts a moment together from its checked digits: year, month, day, hour, minute, second, fraction. */
export function makeMoment(
  parts: readonly string[],
  zone: string | undefined,
  issues: Issues,
  mostHours = 14,
): unknown {
  const [year = '', month = '', date = '', hour = '', minute = '', second = '', fraction = ''] = parts;
  const midnight = hour === '24' && minute === '00' && second === '00' && /^0*$/.test(fraction);
  const inDay = (Number(hour) < 24 || midnight) && Number(minute) < 60 && Number(second) < 60;
  const offset = zone === undefined || zone === 'Z' || zone === 'z' ? 0 : zoneMinutes(zone, mostHours);
  if (!inDay || !isDay(year, month, date) || offset === undefined) {
    return issues.add('type', 'must be a date and time that exists');
  }
  const at = new Date(0);
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(date));
  at.setUTCHours(Number(hour), Number(minute) - offset, Number(second), Number(`${fraction}000`.slice(0, 3)));
  return at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999
    ? at
    : issues.add('range', 'must lie between the years 1 and 9999 in UTC');
}

/** An offset in minutes: any within a day (RFC 3339 §5.6), in XML 14 hours at most (XML Schema part 2 §3.2.7.3). */
function zoneMinutes(zone: string, most: number): number | undefined {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > most || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Bytes out of padded base64 (RFC 4648 §4). */
export function readBase64(text: string, issues: Issues): unknown {
  return text.length % 4 === 0 && base64.test(text) ? fromBase64(text) : issues.add('type', 'must be base64');
}
