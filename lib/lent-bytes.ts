/** Bytes that are kept at most for answers to come. */
const most = 8_388_608;
/** Sizes are rounded up to this, so that answers of about the same length can share. */
const step = 65_536;

/** What is free, and the bytes of it. */
const free: Buffer[] = [];
let kept = 0;

/** The whole that lent bytes are a part of. */
const wholes = new WeakMap<Buffer, Buffer>();

/**
 * Lends bytes for an answer, with what `write` writes into them. Memory fresh from the system costs more than filling it:
 * a seventh of the work of an answer of 275 KB. Whoever knows that the answer has left gives them back; those that are
 * never given back are collected as any others.
 * @param length bytes that are written at most
 * @param write tells how many it has written: only these are lent, so that nobody sees what was there before
 */
export function lendBytes(length: number, write: (bytes: Buffer) => number): Buffer {
  const whole = take(length);
  const lent = whole.subarray(0, write(whole));
  wholes.set(lent, whole);
  return lent;
}

function take(length: number): Buffer {
  const at = free.findIndex((bytes) => bytes.length >= length);
  if (at === -1) return Buffer.allocUnsafeSlow(Math.ceil(length / step) * step);
  const [whole] = free.splice(at, 1) as [Buffer];
  kept -= whole.length;
  return whole;
}

/** Takes bytes back, once; whoever gives them back looks at them no more. Others are none of ours and left alone. */
export function giveBack(lent: Buffer): void {
  const whole = wholes.get(lent);
  if (whole === undefined) return;
  wholes.delete(lent);
  if (kept + whole.length > most) return;
  free.push(whole);
  kept += whole.length;
}
