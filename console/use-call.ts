import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { call, type Failure, failureOf } from './call.ts';

/** A call on its way, done, or failed; while it is made again the last value stays. */
export interface Called<T> {
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  /** Makes the call again. */
  readonly reload: () => void;
}

/** Calls a function when a page opens, and again when its parameters change; undefined calls nothing. */
export function useCall<T>(name: string | undefined, params: Readonly<Record<string, unknown>> = {}): Called<T> {
  const [state, setState] = useState<Omit<Called<T>, 'reload'>>({
    value: undefined,
    failure: undefined,
  });
  const [turn, setTurn] = useState(0);
  const key = `${name} ${JSON.stringify(params)}`;
  const shown = useRef(key);
  useEffect(() => {
    if (name === undefined) return undefined;
    const stop = new AbortController();
    const kept = shown.current === key;
    shown.current = key;
    if (!kept) setState({ value: undefined, failure: undefined });
    call<T>(name, params, stop.signal).then(
      (value) => setState({ value, failure: undefined }),
      (reason) => {
        if (!stop.signal.aborted) setState({ value: undefined, failure: failureOf(reason) });
      },
    );
    return () => stop.abort();
  }, [key, turn]);
  return { ...state, reload: useCallback(() => setTurn((last) => last + 1), []) };
}

/**
 * A call that a person makes by a button: whether it is on its way, and what was wrong with the last. The button is
 * `aria-disabled` meanwhile and does nothing: one that is disabled loses the focus to the page.
 */
export function useAction(): {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Makes calls; answers whether all went well. */
  readonly run: (calls: () => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const run = useCallback(async (calls: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await calls();
      return true;
    } catch (reason) {
      setFailure(failureOf(reason));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, failure, run };
}
