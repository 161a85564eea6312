import { useEffect, useState } from 'preact/hooks';
import { call, type Failure, failureOf } from '../call.ts';
import { type CallRecord, filterParams } from './contract.ts';
import { emptyTail, fed, mostAsked, type Tail } from './tail.ts';
import type { Filters } from './view.ts';

/** Milliseconds between two questions, and after one that has failed. */
const pace = 2_000;
const slowPace = 8_000;

interface State {
  /** What the tail is of. */
  readonly key: string;
  readonly tail: Tail | undefined;
  readonly failure: Failure | undefined;
}

/** Follows the calls while it is not paused and somebody can see it; the tail is undefined until the first answer. */
export function useTail(filters: Filters, paused: boolean): Omit<State, 'key'> {
  const key = JSON.stringify(filterParams(filters));
  const [state, setState] = useState<State>({ key, tail: undefined, failure: undefined });
  const kept = state.key === key ? state : { tail: undefined, failure: undefined };
  useEffect(
    () => (paused ? undefined : follow(kept.tail, filters, (next) => setState({ key, ...next }))),
    [key, paused],
  );
  return kept;
}

/** Asks again and again, and tells what came; answers how to end it. */
function follow(start: Tail | undefined, filters: Filters, tell: (next: Omit<State, 'key'>) => void): () => void {
  const stop = new AbortController();
  let tail = start;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    let failure: Failure | undefined;
    if (document.visibilityState === 'visible') {
      [tail, failure] = await asked(tail, filters, stop.signal);
      if (stop.signal.aborted) return;
      tell({ tail, failure });
    }
    timer = setTimeout(ask, failure === undefined ? pace : slowPace);
  };
  void ask();
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}

async function asked(
  tail: Tail | undefined,
  filters: Filters,
  signal: AbortSignal,
): Promise<readonly [Tail | undefined, Failure | undefined]> {
  try {
    return [await nextTail(tail ?? emptyTail, filters, signal), undefined];
  } catch (reason) {
    return [tail, failureOf(reason)];
  }
}

async function nextTail(tail: Tail, filters: Filters, signal: AbortSignal): Promise<Tail> {
  const after = tail.cursor === undefined ? {} : { after: tail.cursor };
  const params = { ...filterParams(filters), ...after, limit: mostAsked };
  const next = fed(tail, await call<readonly CallRecord[]>('admin.audit', params, signal));
  return tail.cursor !== undefined && next.cursor === undefined ? nextTail(next, filters, signal) : next;
}
