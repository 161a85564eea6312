import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Zone } from '../clock.ts';
import type { Frame, Measure } from './frame.ts';
import type { Kind, Layer, Timeline } from './layer.ts';
import { dashOf, fillOf } from './looks.ts';
import { placeOf } from './scale.ts';
import { barsPath, linePath, stacked } from './shapes.ts';
import { timeTicks } from './time-ticks.ts';

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
