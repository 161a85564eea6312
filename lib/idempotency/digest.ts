import { createHash } from 'node:crypto';

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The values of a call as one text: two calls have the same text if, and only if, their handlers are given the same. Names
 * are sorted; a member that is undefined is as good as absent.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `i${value}`;
    case 'undefined':
      return 'u';
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    default:
      return JSON.stringify(value);
  }
}

function canonicalObject(value: object): string {
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof Uint8Array) {
    return `b${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}`;
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
