/**
 * JSON text of data whose large whole numbers have all the digits of their double: `JSON.stringify` rounds 2 ** 63 to
 * 9223372036854776000, which readers with whole numbers of any length (RFC 8259 §6) take for another number.
 */
export function exactJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /"(?:[^"\\]|\\.)*"|(?<![.0-9])-?[0-9]{17,}(?![.e0-9])/g,
    (token) => (token.startsWith('"') ? token : String(BigInt(Number(token)))),
  );
}
