/** What chance begins with: printed, and taken from POLYWIRE_TEST_SEED to see the same again. */
export const seed = Number(process.env['POLYWIRE_TEST_SEED'] ?? Date.now() % 1_000_000);

/** A sequence of numbers from 0 to 1 that its seed decides (mulberry32). */
export function random(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
