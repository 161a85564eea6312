import { Fault } from '../fault.ts';
import { endOfString, type JsonLimits } from './scan.ts';

/** A long array in a document, and where it can be cut between its items. */
export interface LongArray {
  /** After its opening bracket. */
  readonly start: number;
  /** At its closing bracket. */
  readonly end: number;
  /** Commas between its items. */
  readonly cuts: readonly number[];
}

/** Bytes that a piece has at least: few, so that the work on one is a small part of a turn. */
const pieceBytes = 65_536;
/** Bytes up to which pieces are small enough to leave an array whole otherwise, whatever is in its items. */
const wideBytes = 1_048_576;
/** Levels at which arrays are looked for: a batch of calls, each with an object of parameters that has a list. */
const levels = 6;

/** An array or object that is open. */
interface Open {
  readonly start: number;
  readonly cuts: number[];
  /** Where the piece begins that is being passed, and the longest so far. */
  from: number;
  widest: number;
  /** How many long arrays had been found before. */
  readonly before: number;
}

/**
 * Looks for long arrays in JSON before anything is made of it. It judges the brackets as little as `scanJson` does: what
 * it finds is right if the pieces, and what is left without them, prove to be JSON.
 */
export class LongArrays {
  /** What has been found, in the order of the document; none is inside of another. */
  readonly found: LongArray[] = [];
  private readonly bytes: Buffer;
  private readonly limits: JsonLimits;
  private readonly open: Open[] = [];
  private depth = 0;
  private at = 0;

  constructor(bytes: Buffer, limits: JsonLimits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  /** Goes on for some bytes; false once there are no more. */
  goOn(): boolean {
    const { bytes } = this;
    const stop = Math.min(bytes.length, this.at + pieceBytes);
    let i = this.at;
    for (; i < stop; i++) {
      const code = bytes[i];
      if (code === 0x22) i = endOfString(bytes, i, bytes.length);
      else if (code === 0x2c) this.comma(i);
      else if (code === 0x7b || code === 0x5b) this.enter(i + 1);
      else if (code === 0x7d || code === 0x5d) this.leave(i, code === 0x5d);
    }
    this.at = i;
    return i < bytes.length;
  }

  private enter(start: number): void {
    if (++this.depth > this.limits.jsonDepth) {
      throw new Fault('too-large', `JSON is nested deeper than ${this.limits.jsonDepth} levels`);
    }
    if (this.depth > levels) return;
    this.open.push({ start, cuts: [], from: start, widest: 0, before: this.found.length });
  }

  private comma(at: number): void {
    const open = this.depth > levels ? undefined : this.open[this.depth - 1];
    if (open === undefined || at - open.from < pieceBytes) return;
    open.cuts.push(at);
    open.widest = Math.max(open.widest, at - open.from);
    open.from = at + 1;
  }

  private leave(at: number, isArray: boolean): void {
    const open = this.depth-- > levels ? undefined : this.open.pop();
    if (open === undefined || !isArray || open.cuts.length === 0 || this.bytes[open.start - 1] !== 0x5b) return;
    const widest = Math.max(open.widest, at - open.from);
    if (widest > wideBytes && this.found.length > open.before) return;
    this.found.length = open.before;
    this.found.push({ start: open.start, end: at, cuts: open.cuts });
  }
}
