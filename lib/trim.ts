/*
 * Patterns such as /[ ]+$/ try each place of a text: where white space is inside of it, that takes the square of its length.
 * These look once at what they take away.
 */

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** A text without the white space around it: space, tab, CR and LF (XML 1.0 §2.3, S; the OWS of RFC 9110 §5.6.3 is among it). */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end - start === text.length ? text : text.slice(start, end);
}

/** Digits without the zeros at their end. */
export function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}
