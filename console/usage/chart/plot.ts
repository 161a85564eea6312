import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Zone } from '../clock.ts';
import type { Layer, Timeline } from './layer.ts';
import { dashOf, fillOf, type Kind } from './looks.ts';
import { niceTicks, placeOf } from './scale.ts';
import { barsPath, linePath, stacked, totalsOf } from './shapes.ts';
import { timeTicks } from './time-ticks.ts';

/** What is measured, and how its axis is marked. */
export interface Measure {
  /** Whether only whole numbers make sense. */
  readonly whole: boolean;
  /** How far the axis reaches at least. */
  readonly least: number;
  readonly axis: (value: number) => string;
  readonly text: (value: number) => string;
}

/** A plot and all that its picture depends on. */
export interface PlotParts {
  readonly id: string;
  readonly kind: Kind;
  readonly layers: readonly Layer[];
  readonly timeline: Timeline;
  readonly measure: Measure;
  readonly zone: Zone;
  readonly width: number;
  /** Whether something is written over the plot. */
  readonly covered: boolean;
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
}: Pick<PlotParts, 'kind' | 'layers' | 'measure' | 'width'>): Frame {
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

/** The picture of a chart without what moves: axes, gaps and layers. */
export function Plot(parts: PlotParts & { readonly frame: Frame }): VNode {
  const { id, kind, layers, timeline, frame } = parts;
  return html`<svg class="plot" width=${parts.width} height=${frame.outerHeight} aria-hidden="true" focusable="false">
    <g transform=${`translate(${frame.left} ${frame.top})`}>
      <${Grid} measure=${parts.measure} frame=${frame} />
      <${TimeAxis} timeline=${timeline} zone=${parts.zone} frame=${frame} />
      <${Gap} timeline=${timeline} frame=${frame} covered=${parts.covered} />
      ${kind === 'bars' ? bars(id, layers, frame) : lines(layers, frame)}
    </g>
  </svg>`;
}

function bars(id: string, layers: readonly Layer[], { width, y }: Frame): readonly VNode[] {
  const heights = stacked(layers.map(({ values }) => values));
  return layers.map(
    ({ name, look }, i) =>
      html`<path key=${name} fill=${fillOf(id, look)} d=${barsPath(heights[i] ?? [], width, y)} />`,
  );
}

function lines(layers: readonly Layer[], { width, y }: Frame): readonly VNode[] {
  return layers.map(
    ({
      name,
      look,
      values,
    }) => html`<path key=${name} class=${`series-line look-${look}`} d=${linePath(values, width, y)}
      stroke-dasharray=${dashOf(look, layers.length === 1)} />`,
  );
}

function Grid({ measure, frame }: { readonly measure: Measure; readonly frame: Frame }): VNode {
  return html`<g class="axis">
    ${frame.ticks.map((tick) => {
      const y = Math.round(frame.y(tick)) + 0.5;
      return html`<g key=${tick}>
        <path class=${tick === 0 ? 'base-line' : 'grid-line'} d=${`M0 ${y}h${frame.width}`} />
        <text x="-8" y=${y + 4} text-anchor="end">${measure.axis(tick)}</text>
      </g>`;
    })}
  </g>`;
}

function TimeAxis({
  timeline,
  zone,
  frame,
}: {
  readonly timeline: Timeline;
  readonly zone: Zone;
  readonly frame: Frame;
}): VNode {
  const { since, step, count } = timeline;
  const until = since + step * count;
  const scale = { domain: [since, until], extent: [0, frame.width] } as const;
  const ticks = timeTicks(since, until, Math.max(2, Math.floor(frame.width / 76)), zone);
  return html`<g class="axis">
    ${ticks.map(({ time, text, strong }) => {
      const x = Math.round(placeOf(scale, time)) + 0.5;
      const anchor = x < 18 ? 'start' : x > frame.width - 18 ? 'end' : 'middle';
      return html`<g key=${time}>
        <path class="base-line" d=${`M${x} ${frame.height}v5`} />
        <text class=${strong ? 'strong' : undefined} x=${x < 18 ? x - 4 : x} y=${frame.height + 18}
          text-anchor=${anchor}>${text}</text>
      </g>`;
    })}
  </g>`;
}

/** Shows where there are no records, so that it is not taken for nothing having happened. */
function Gap({
  timeline,
  frame,
  covered,
}: {
  readonly timeline: Timeline;
  readonly frame: Frame;
  readonly covered: boolean;
}): VNode | null {
  const { recorded, count } = timeline;
  if (recorded === 0) return null;
  const width = (recorded / count) * frame.width;
  return html`<g class="gap">
    <rect width=${width} height=${frame.height} />
    ${covered || width < 110 ? null : html`<text x=${width / 2} y=${frame.height / 2} text-anchor="middle">not recorded</text>`}
  </g>`;
}
