import { trimSpace } from '../../trim.ts';

/**
 * All values of a header, in their order, without the white space around them.
 * @param rawHeaders names and values in turn, as they came
 * @param name in lower case
 */
export function headerValues(rawHeaders: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [key = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]];
    if (key.length === name.length && key.toLowerCase() === name) values.push(trimSpace(value));
  }
  return values;
}

/** A header that may stand in a request once only; undefined if it is absent or given again. */
export function singleHeader(rawHeaders: readonly string[], name: string): string | undefined {
  const values = headerValues(rawHeaders, name);
  return values.length === 1 ? values[0] : undefined;
}
