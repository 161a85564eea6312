import { isDeepStrictEqual } from 'node:util';

/** Prints what came of a check, for the test to read. */
export function tell(check: string, wrong?: string): void {
  process.stdout.write(`${JSON.stringify({ check, ...(wrong === undefined ? {} : { wrong }) })}\n`);
}

/** What a generated client makes of an answer. */
interface Called<T> {
  readonly data?: { readonly status: 'ok'; readonly result: T; readonly requestId: string } | undefined;
  readonly error?: unknown;
}

/** A call whose result must be this. */
export async function gives<T>(check: string, called: PromiseLike<Called<T>>, expected: NoInfer<T>): Promise<void> {
  const { data, error } = await called;
  const fits = error === undefined && data?.status === 'ok' && isDeepStrictEqual(data.result, expected);
  tell(check, fits ? undefined : JSON.stringify(error ?? data));
}

/** Something that must be so. */
export function holds(check: string, fits: boolean, got: unknown): void {
  tell(check, fits ? undefined : JSON.stringify(got));
}

/** The environment's variable that the test has set. */
export function given(name: 'POLYWIRE_URL' | 'POLYWIRE_KEY' | 'POLYWIRE_TOKEN'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
