import { Issues, invalid } from './issues.ts';
import { int64Max, int64Min, readDate } from './text-value.ts';
import { trimZeros } from './trim.ts';

/** A decimal's value as sign, whole digits and fraction digits, so that two can be compared exactly. */
function parts(text: string): { readonly negative: boolean; readonly whole: string; readonly fraction: string } {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return { negative, whole: whole.replace(/^0+/, ''), fraction: trimZeros(fraction) };
}

/** Compares two decimals by value: negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  const x = parts(a);
  const y = parts(b);
  const zero = (p: typeof x) => p.whole === '' && p.fraction === '';
  const negative = { x: x.negative && !zero(x), y: y.negative && !zero(y) };
  if (negative.x !== negative.y) return negative.x ? -1 : 1;
  const size = x.whole.length - y.whole.length || order(x.whole, y.whole) || order(x.fraction, y.fraction);
  return negative.x ? -size : size;
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Whether a value is a bigint of 64 bits within a range. */
export function int64Fits(range: { readonly min?: bigint; readonly max?: bigint }, value: unknown): boolean {
  return typeof value === 'bigint' && value >= (range.min ?? int64Min) && value <= (range.max ?? int64Max);
}

/** Whether a text is a decimal number without exponent. */
export function isDecimalText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1_000 && /^-?[0-9]+(?:\.[0-9]+)?$/.test(value);
}

/** Whether a value is a decimal within a range. */
export function decimalFits(range: { readonly min?: string; readonly max?: string }, value: unknown): boolean {
  if (!isDecimalText(value)) return false;
  if (range.min !== undefined && compareDecimals(value, range.min) < 0) return false;
  return range.max === undefined || compareDecimals(value, range.max) <= 0;
}

/** Whether a value is a day as `YYYY-MM-DD`. */
export function isDayText(value: unknown): boolean {
  return typeof value === 'string' && readDate(value, new Issues()) === value;
}

/** Whether a value is a Date between the years 1 and 9999. */
export function isMoment(value: unknown): boolean {
  if (!(value instanceof Date)) return false;
  const year = value.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** Whether a value is bytes, not too many. */
export function bytesFit(limit: { readonly max?: number }, value: unknown): boolean {
  return value instanceof Uint8Array && value.length <= (limit.max ?? Number.MAX_SAFE_INTEGER);
}

/** Whether JSON text can say the value as it is: no undefined, no NaN, no foreign objects, at most 100 levels. */
export function isJsonValue(value: unknown, depth = 0): boolean {
  if (value === invalid) return true; // reported when it was read
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= 100) return false;
  if (Array.isArray(value)) return value.every((item) => isJsonValue(item, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((item) => isJsonValue(item, depth + 1));
}

/** What an object is that holds no members but something else, as a Map does and a Promise: nothing of it would be sent. */
export function memberless(value: object): string | undefined {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag === 'Object' || Object.keys(value).length > 0 ? undefined : tag;
}

/** A field of an object, never what all objects inherit. */
export function fieldOf(value: object, name: string): unknown {
  if (name in Object.prototype && !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
