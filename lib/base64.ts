/*
 * Base64 (RFC 4648 §4) where there is Buffer, which is quickest, and in browsers, which have methods of their own or at least
 * `atob` and `btoa`. Which it is gets decided once.
 */

const newer = Uint8Array as unknown as {
  readonly fromBase64?: (text: string) => Uint8Array;
  readonly prototype: { readonly toBase64?: (this: Uint8Array) => string };
};

/** Characters that are made of bytes at once: more arguments than this, and a call fails. */
const most = 8_192;

/** Bytes in as few steps as a browser without methods of its own allows. */
function written(bytes: Uint8Array): string {
  const own = newer.prototype.toBase64;
  if (own !== undefined) return own.call(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += most) text += String.fromCharCode(...bytes.subarray(at, at + most));
  return btoa(text);
}

function read(text: string): Uint8Array {
  return newer.fromBase64?.(text) ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The ways of browsers, for tests where there is Buffer. */
export const withoutBuffer = { toBase64: written, fromBase64: read };

/** Bytes as base64 with padding. */
export const toBase64: (bytes: Uint8Array) => string =
  typeof Buffer === 'undefined'
    ? written
    : (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** The bytes of a text that has been checked to be base64 with padding. */
export const fromBase64: (text: string) => Uint8Array =
  typeof Buffer === 'undefined' ? read : (text) => new Uint8Array(Buffer.from(text, 'base64'));
