import type { Kind, Layer } from './layer.ts';
import { niceTicks, placeOf } from './scale.ts';
import { totalsOf } from './shapes.ts';

/** What is measured, and how its axis is marked. */
export interface Measure {
  /** Whether only whole numbers make sense. */
  readonly whole: boolean;
  /** How far the axis reaches at least. */
  readonly least: number;
  readonly axis: (value: number) => string;
  readonly text: (value: number) => string;
}

/** Where everything is in a plot. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly outerHeight: number;
  readonly ticks: readonly number[];
  readonly y: (value: number) => number;
}

const outerHeight = 200;
const top = 10;
const bottom = 24;
const right = 6;

/** Lays a plot out: the axis is as wide as its longest text. */
export function frameOf({
  kind,
  layers,
  measure,
  width,
}: {
  readonly kind: Kind;
  readonly layers: readonly Layer[];
  readonly measure: Measure;
  /** Of the whole picture. */
  readonly width: number;
}): Frame {
  const heights =
    kind === 'bars' ? totalsOf(layers.map(({ values }) => values)) : layers.flatMap(({ values }) => values);
  const most = heights.reduce<number>((highest, value) => Math.max(highest, value ?? 0), measure.least);
  const ticks = niceTicks(most, 4, measure.whole);
  const left = Math.max(...ticks.map((tick) => measure.axis(tick).length)) * 7 + 10;
  const height = outerHeight - top - bottom;
  const scale = { domain: [0, ticks.at(-1) ?? 1], extent: [height, 0] } as const;
  return {
    left,
    top,
    width: Math.max(10, width - left - right),
    height,
    outerHeight,
    ticks,
    y: (value) => placeOf(scale, value),
  };
}
