import { spanText, type Zone } from '../clock.ts';
import type { Values } from './shapes.ts';

/** Looks that can be told apart: a colour with a pattern or a dash each. */
export type Look = 1 | 2 | 3 | 4 | 5 | 6;

/** How a chart draws its layers. */
export type Kind = 'bars' | 'lines';

/** One series of a chart. */
export interface Layer {
  readonly name: string;
  readonly title: string;
  readonly look: Look;
  readonly values: Values;
  /** What the legend shows while no bucket is chosen. */
  readonly whole: string;
  /** Where its name leads. */
  readonly link?: string | undefined;
}

/** The buckets that all charts of a page share. */
export interface Timeline {
  /** Milliseconds. */
  readonly since: number;
  readonly step: number;
  readonly count: number;
  /** The first bucket of which there are records. */
  readonly recorded: number;
  /** The bucket that is not over yet, if it is one of these. */
  readonly open: number;
}

/** When a bucket begins and ends. */
export function bucketSpan({ since, step }: Timeline, i: number): readonly [number, number] {
  return [since + i * step, since + (i + 1) * step];
}

/** A bucket in words: `28 Nov 2026, 14:05–14:10`, and whether it is over. */
export function bucketText(timeline: Timeline, i: number, zone: Zone): string {
  return `${spanText(...bucketSpan(timeline, i), zone)}${i === timeline.open ? ', so far' : ''}`;
}
