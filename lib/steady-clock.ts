/**
 * A clock to remove things by. Where it has jumped ahead since it was last asked, that is believed the next time only: what
 * looks old for a moment is then still there when the clock comes back, and no message can be sent a second time.
 * @param clock milliseconds since 1970
 * @param elapsing milliseconds of a clock that never jumps
 */
export function steadyClock(
  clock: () => number = Date.now,
  elapsing: () => number = () => performance.now(),
): () => number {
  let last = clock();
  let asked = elapsing();
  return () => {
    const [now, at] = [clock(), elapsing()];
    const believed = Math.min(now, last + at - asked);
    last = now;
    asked = at;
    return believed;
  };
}
