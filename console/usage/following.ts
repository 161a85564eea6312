/** What a look for new calls came to. */
export type Came = 'news' | 'nothing' | 'failed';

/** Milliseconds between two looks: while calls come, and at most while none do. */
export const quickest = 2_000;
const slowest = 15_000;
/** Milliseconds until the next look after one that has failed. */
const afterFailure = 8_000;

/** What following needs of a page. */
interface Followed<T extends { readonly came: Came }> {
  /** Looks once. It never fails but by what it answers. */
  readonly look: () => Promise<T>;
  /** Is told what a look came to, and after how many milliseconds the next one is. */
  readonly tell: (looked: T, pace: number) => void;
  /** Whether anybody can see the page. */
  readonly isSeen: () => boolean;
  /** Does something after so many milliseconds; answers what keeps it from being done. */
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** Looking again and again, under way. */
interface Following {
  /** To be called when the page can be seen again, or not any more: somebody who comes back sees at once what is new. */
  readonly seen: () => void;
  readonly stop: () => void;
}

/** Looks again and again while somebody sees the page: every 2 seconds while calls come, more and more rarely while none do. */
export function follow<T extends { readonly came: Came }>({ look, tell, isSeen, later }: Followed<T>): Following {
  let pace: number | undefined;
  let cancel = (): void => {};
  let busy = false;
  let ended = false;
  const go = async (): Promise<void> => {
    if (!isSeen()) return;
    busy = true;
    const looked = await look();
    busy = false;
    if (ended) return;
    const next = paceAfter(looked.came, pace);
    pace = looked.came === 'failed' ? undefined : next;
    tell(looked, next);
    cancel = later(next, go);
  };
  void go();
  return {
    seen: () => {
      if (busy || ended) return;
      cancel();
      pace = undefined;
      void go();
    },
    stop: () => {
      ended = true;
      cancel();
    },
  };
}

/** Milliseconds until the next look; `last` were before this one, if one went well before it. */
function paceAfter(came: Came, last: number | undefined): number {
  if (came === 'failed') return afterFailure;
  return came === 'news' || last === undefined ? quickest : Math.min(2 * last, slowest);
}
