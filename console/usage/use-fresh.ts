import { useEffect, useState } from 'preact/hooks';
import { call, type Failure, failureOf } from '../call.ts';

/** The last answer that came, whatever is on its way or has failed since. */
export interface Fresh<T, P> {
  readonly value: T | undefined;
  /** What the answer was asked for with. */
  readonly asked: P;
  /** Whether a newer answer is on its way. */
  readonly loading: boolean;
  /** Why the newest answer did not come. */
  readonly failure: Failure | undefined;
}

/**
 * Calls a function anew with each turn and each change of its parameters; until it has answered, the last answer stays.
 * @param name undefined calls nothing
 */
export function useFresh<T, P extends Readonly<Record<string, unknown>>>(
  name: string | undefined,
  params: P,
  turn: number,
): Fresh<T, P> {
  const [state, setState] = useState<Fresh<T, P>>({
    value: undefined,
    asked: params,
    loading: name !== undefined,
    failure: undefined,
  });
  const key = JSON.stringify(params);
  useEffect(() => {
    if (name === undefined) return undefined;
    const stop = new AbortController();
    setState((last) => ({ ...last, loading: true }));
    call<T>(name, params, stop.signal).then(
      (value) => setState({ value, asked: params, loading: false, failure: undefined }),
      (reason) => {
        if (!stop.signal.aborted) setState((last) => ({ ...last, loading: false, failure: failureOf(reason) }));
      },
    );
    return () => stop.abort();
  }, [name, key, turn]);
  return state;
}
