import { trimZeros } from '../trim.ts';

/** Digits that every double keeps, where it is not so small that it has fewer of them (IEEE 754: DBL_DIG, DBL_MIN). */
const certain = 15;
const small = 1e-300;

/** A JSON number kept as its digits, because a double would not say the same (RFC 8259 §6). */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether the nearest double, written out again, has the same value as the digits. */
  get exact(): boolean {
    const value = Number(this.text);
    if (this.text.length <= certain && Math.abs(value) > small && Number.isFinite(value)) return true;
    return Number.isFinite(value) && digits(String(value)) === digits(this.text);
  }
}

/** A number's value as text in one form: sign, digits without zeros at either end, exponent. */
function digits(text: string): string {
  const found = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (!found) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = trimZeros(all);
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + (all.length - significant.length)}`;
}

/** Whether String() of the double that JSON.parse makes of a number token is the token again, to the letter. */
export function isPlainNumber(text: string, start: number, end: number): boolean {
  let significant = 0;
  let point = false;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x30 && c <= 0x39) significant++;
    else if (c === 0x2e) point = true;
    else if (c !== 0x2d || i !== start) return false;
  }
  if (significant > 15 || (point && text.charCodeAt(end - 1) === 0x30)) return false;
  return isPlainSmall(text, start, point);
}

/** Whether a number that starts with 0 is none that String() writes otherwise: not -0, and not so small as 1e-7. */
function isPlainSmall(text: string, start: number, point: boolean): boolean {
  const first = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  if (text.charCodeAt(first) !== 0x30) return true;
  return point ? !text.startsWith('.000000', first + 1) : first === start;
}
