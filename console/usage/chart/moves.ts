/** The bucket that a key leads to from another; undefined for keys that move nothing. */
export function movedTo(key: string, at: number | undefined, count: number): number | undefined {
  const here = at ?? count - 1;
  const far = Math.max(1, Math.round(count / 10));
  const places: Readonly<Record<string, number>> = {
    ArrowLeft: here - 1,
    ArrowDown: here - 1,
    ArrowRight: here + 1,
    ArrowUp: here + 1,
    PageDown: here - far,
    PageUp: here + far,
    Home: 0,
    End: count - 1,
  };
  const place = places[key];
  return place === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, place));
}
