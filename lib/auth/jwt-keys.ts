import { readFile } from 'node:fs/promises';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import { Fault } from '../fault.ts';

/** Milliseconds that a file of keys is trusted before it is read again, and that keys from a URL are. */
const fileAge = 60_000;
const remoteAge = 600_000;
/** Milliseconds after a failure in which the issuer is not asked again. */
const pause = 10_000;
/** Milliseconds that the issuer may take to send its keys. */
const patience = 5_000;

/**
 * Finds keys in a file or behind a URL: https, or http on this machine.
 * @throws Fault `unavailable`, also when the keys are used
 */
export type KeySets = (jwks: string) => Promise<JWTVerifyGetKey>;

/** Keys and until when they are good, by the clock that never jumps. */
interface KnownKeys {
  readonly jwks: string;
  readonly until: number;
  readonly keys: Promise<JWTVerifyGetKey>;
}

/** Makes a finder that remembers the keys of the last place it was asked for (RFC 7517 §5). */
export function keySets(): KeySets {
  let known: KnownKeys | undefined;
  return async (jwks) => {
    if (known === undefined || known.jwks !== jwks || performance.now() >= known.until) known = load(jwks);
    const asked = known;
    try {
      return await asked.keys;
    } catch (cause) {
      if (known === asked) known = undefined;
      throw unavailable(cause);
    }
  };
}

function load(jwks: string): KnownKeys {
  return /^https?:/i.test(jwks)
    ? { jwks, until: performance.now() + remoteAge, keys: remoteKeys(jwks) }
    : { jwks, until: performance.now() + fileAge, keys: fileKeys(jwks) };
}

function unavailable(cause: unknown): Fault {
  return new Fault('unavailable', 'The issuer of tokens cannot be asked', { gate: 'authenticator:jwt', cause });
}

async function fileKeys(path: string): Promise<JWTVerifyGetKey> {
  const { createLocalJWKSet } = await import('jose');
  return createLocalJWKSet(JSON.parse(await readFile(path, 'utf8')));
}

async function remoteKeys(address: string): Promise<JWTVerifyGetKey> {
  const url = new URL(address);
  if (url.protocol !== 'https:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) {
    throw new TypeError('The keys of an issuer are fetched by https');
  }
  const { createRemoteJWKSet, customFetch, errors } = await import('jose');
  let resume = 0;
  const patient: FetchImplementation = async (from, options) => {
    if (performance.now() < resume) throw new Error('The issuer has failed a moment ago'); // strangers can make us ask
    return fetch(from, options);
  };
  const ask = createRemoteJWKSet(url, { timeoutDuration: patience, [customFetch]: patient });
  const ours = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];
  return async (header, token) => {
    try {
      return await ask(header, token);
    } catch (reason) {
      if (reason instanceof errors.JOSEError && !ours.includes(reason.code)) throw reason; // no such key: the token is wrong
      if (performance.now() >= resume) resume = performance.now() + pause;
      throw unavailable(reason);
    }
  };
}
