const exponential = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** The shortest digits of a finite double, written out: the XML-RPC specification has no exponents. */
export function plainNumber(value: number): string {
  const text = String(value);
  const size = Math.abs(value);
  if (size < 1e21 && size >= 1e-6) return text;
  const found = exponential.exec(text);
  if (!found) return text;
  const [, sign = '', whole = '', fraction = '', power = ''] = found;
  const digits = whole + fraction;
  const point = 1 + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0'); // from 1e21 on all digits stand before the point
}
