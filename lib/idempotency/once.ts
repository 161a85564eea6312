import type { AnyFunction } from '../define.ts';

/**
 * Carries a call out once: the first call with its key runs, the same call again is answered with what the first one
 * came to. One for each message; the calls of a batch count up.
 * @throws Fault `conflict` for other arguments or while the first still runs, `unauthenticated` for nobody,
 * `invalid-request` for keys that are too long and functions whose result is secret; else what the call itself throws
 */
export type Once = (fn: AnyFunction, params: unknown, run: () => Promise<unknown>) => Promise<unknown>;
