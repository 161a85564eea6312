import { useEffect, useState } from 'preact/hooks';
import { call, type Failure, failureOf } from '../call.ts';
import { type CallRecord, filterParams } from './contract.ts';
import { type Came, follow, quickest } from './following.ts';
import { emptyTail, fed, hasNews, mostAsked, type Tail } from './tail.ts';
import type { Filters } from './view.ts';

interface State {
  /** What the tail is of. */
  readonly key: string;
  readonly tail: Tail | undefined;
  readonly failure: Failure | undefined;
  /** Milliseconds between the last look and the next. */
  readonly pace: number;
}

const unseen = { tail: undefined, failure: undefined, pace: quickest };

/** Follows the calls while it is not paused and somebody can see it; the tail is undefined until the first answer. */
export function useTail(filters: Filters, paused: boolean): Omit<State, 'key'> {
  const key = JSON.stringify(filterParams(filters));
  const [state, setState] = useState<State>({ key, ...unseen });
  const kept = state.key === key ? state : unseen;
  useEffect(
    () => (paused ? undefined : followPage(kept.tail, filters, (next) => setState({ key, ...next }))),
    [key, paused],
  );
  return kept;
}

/** Follows the calls of a page, and tells what came; answers how to end it. */
function followPage(start: Tail | undefined, filters: Filters, tell: (next: Omit<State, 'key'>) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let tail = start;
  const following = follow({
    look: async () => {
      const looked = await lookFor(tail, filters, signal);
      tail = looked.tail;
      return looked;
    },
    tell: ({ tail, failure }, pace) => tell({ tail, failure, pace }),
    isSeen: () => document.visibilityState === 'visible',
    later: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  document.addEventListener('visibilitychange', following.seen, { signal });
  window.addEventListener('focus', following.seen, { signal });
  return () => {
    following.stop();
    stop.abort();
  };
}

interface Looked {
  readonly tail: Tail | undefined;
  readonly failure: Failure | undefined;
  readonly came: Came;
}

async function lookFor(tail: Tail | undefined, filters: Filters, signal: AbortSignal): Promise<Looked> {
  const before = tail ?? emptyTail;
  try {
    const next = await nextTail(before, filters, signal);
    return { tail: next, failure: undefined, came: hasNews(before, next) ? 'news' : 'nothing' };
  } catch (reason) {
    return { tail, failure: failureOf(reason), came: 'failed' };
  }
}

async function nextTail(tail: Tail, filters: Filters, signal: AbortSignal): Promise<Tail> {
  const after = tail.cursor === undefined ? {} : { after: tail.cursor };
  const params = { ...filterParams(filters), ...after, limit: mostAsked };
  const next = fed(tail, await call<readonly CallRecord[]>('admin.audit', params, signal));
  return tail.cursor !== undefined && next.cursor === undefined ? nextTail(next, filters, signal) : next;
}
