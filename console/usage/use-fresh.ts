import { useEffect, useState } from 'preact/hooks';
import { call, type Failure, failureOf } from '../call.ts';

type Params = Readonly<Record<string, unknown>>;

/** The last answer that came, whatever is on its way or has failed since. */
export interface Fresh<T> {
  readonly value: T | undefined;
  /** What the answer was asked for with. */
  readonly asked: Params;
  /** Whether a newer answer is on its way. */
  readonly loading: boolean;
  /** Why the newest answer did not come. */
  readonly failure: Failure | undefined;
}

/** Calls a function anew with each turn and each change of its parameters; until it has answered, the last answer stays. */
export function useFresh<T>(name: string, params: Params, turn: number): Fresh<T> {
  const [state, setState] = useState<Fresh<T>>({
    value: undefined,
    asked: params,
    loading: true,
    failure: undefined,
  });
  const key = JSON.stringify(params);
  useEffect(() => {
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
