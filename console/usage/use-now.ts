import { useCallback, useEffect, useState } from 'preact/hooks';

/** The time that a page was last brought up to date, every so many milliseconds while somebody can see it. */
export function useNow(every: number | undefined): { readonly now: number; readonly refresh: () => void } {
  const [now, setNow] = useState(() => Date.now());
  const refresh = useCallback(() => setNow(Date.now()), []);
  useEffect(() => {
    if (every === undefined) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, every);
    return () => clearInterval(timer);
  }, [every, refresh]);
  return { now, refresh };
}
