import { ClientError, TransportError } from './error.ts';
import type { Retries } from './options.ts';

/** Runs some work until it is done, the time is over, or the caller wants it no more. */
export async function within<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const give = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', give);
  const late = () =>
    controller.abort(new TransportError('timeout', `There was no answer within ${milliseconds} milliseconds`));
  const timer = setTimeout(late, Math.min(milliseconds, 2_147_483_647));
  try {
    return await Promise.race([work(signal), aborted(signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', give);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

/** Fails as soon as the signal says so, whatever becomes of the promise. */
export function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return Promise.race([promise, aborted(signal)]);
}

const patient = { base: 200, longest: 30_000 };

/**
 * Does some work, again where it failed on its way or was told to wait, at most so often. What is waited doubles each time, with
 * half of it left to chance, or is what the server asks for.
 */
export async function withRetries<T>(
  retries: number | Retries,
  signal: AbortSignal,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  const {
    limit,
    base = patient.base,
    longest = patient.longest,
  } = typeof retries === 'number' ? { limit: retries } : retries;
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt);
    } catch (reason) {
      const wait = mayPass(reason) ? waitOf(reason, Math.min(base * 2 ** attempt, longest)) : Infinity;
      if (attempt >= limit || wait > longest) throw reason;
      await sleep(wait, signal);
    }
  }
}

/** Milliseconds until a retry. */
function waitOf({ retryAfter = 0 }: Pick<ClientError, 'retryAfter'>, usual: number): number {
  return Math.max(retryAfter * 1_000, usual * (0.5 + Math.random() / 2));
}

const passing: readonly string[] = ['rate-limited', 'quota-exceeded', 'unavailable'];

/** Whether a failure is one that time may heal: of the network, 429, 503, or a twin under the same key that still runs. */
export function mayPass(reason: unknown): reason is ClientError | TransportError {
  if (reason instanceof TransportError) {
    return reason.reason === 'network' || reason.status === 429 || reason.status === 503;
  }
  if (!(reason instanceof ClientError)) return false;
  return passing.includes(reason.code) || (reason.code === 'conflict' && reason.retryAfter !== undefined);
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const asleep = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return unless(signal, asleep).finally(() => clearTimeout(timer));
}
