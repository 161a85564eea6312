import fc from 'fast-check';
import type { Decoder, Shot } from './decoder.ts';

/** Milliseconds of this process's own time that work takes: what others do on the machine does not count. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Milliseconds that so many bytes may take: some for the first time, and several times what any byte needs. */
function allowed(bytes: number): number {
  return 60 + bytes * 0.0015;
}

/** The least of several measurements, as long as they are too much: a compiler or a collector may have been at work. */
function leastCost(work: () => unknown, bound: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 4 && least > bound; i++) least = Math.min(least, cost(work));
  return least;
}

/**
 * Runs the product's code on a shot.
 * @throws if it takes longer than its size allows
 */
export function expectQuick(decoder: Decoder, shot: Shot): void {
  const bound = allowed(shot.bytes.length);
  const took = leastCost(() => decoder.act(shot), bound);
  if (took > bound) throw new Error(`${shot.bytes.length} bytes took ${Math.round(took)} ms`);
}

/** A shot that grows: at one place of it something is repeated. */
export interface Pump {
  readonly shot: Shot;
  readonly at: number;
  readonly unit: string;
}

/** Pumps of a decoder: a part of a shot, or a token, at any place. */
export function pumps(decoder: Decoder): fc.Arbitrary<Pump> {
  const unit = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 }));
  return fc
    .tuple(decoder.shots, fc.nat(1_000_000), unit, fc.constantFrom(...decoder.tokens))
    .map(([shot, far, length, token]) => {
      const at = far % (shot.bytes.length + 1);
      const own = shot.bytes.slice(at, at + length);
      return { shot, at, unit: own || Buffer.from(token).toString('latin1') || ' ' };
    });
}

function pumped({ shot, at, unit }: Pump, size: number): Shot {
  const { bytes } = shot;
  const times = Math.ceil(Math.max(size - bytes.length, unit.length) / unit.length);
  return { ...shot, bytes: bytes.slice(0, at) + unit.repeat(times) + bytes.slice(at) };
}

/**
 * Doubles a shot from 2 KiB to the decoder's most: time may grow as the size does, not as its square.
 * @throws if it takes longer than the size allows, with the times before that
 */
export function expectLinear(decoder: Decoder, pump: Pump): void {
  const times: string[] = [];
  for (let size = 2_048; size <= decoder.most; size *= 2) {
    const shot = pumped(pump, size);
    const bound = allowed(shot.bytes.length);
    const took = leastCost(() => decoder.act(shot), bound);
    times.push(`${shot.bytes.length} bytes: ${took.toFixed(1)} ms`);
    if (took > bound) throw new Error(`Time grows faster than size: ${times.join(', ')}`);
  }
}
