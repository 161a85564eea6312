import type { VNode } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { html } from '../../html.ts';
import type { Zone } from '../clock.ts';
import { ChartTable } from './chart-table.ts';
import { type Frame, frameOf, type Measure } from './frame.ts';
import { bucketText, type Kind, type Layer, type Timeline } from './layer.ts';
import { Legend, valueText } from './legend.ts';
import { Patterns } from './looks.ts';
import { movedTo } from './moves.ts';
import { Plot } from './plot.ts';
import { bucketAt } from './scale.ts';
import { useWidth } from './use-width.ts';

export interface TimeChartParts {
  readonly title: string;
  /** What the numbers are, and in which unit. */
  readonly unit: string;
  readonly kind: Kind;
  readonly layers: readonly Layer[];
  readonly timeline: Timeline;
  readonly measure: Measure;
  readonly zone: Zone;
  /** The chosen bucket, which the charts of a page share. */
  readonly at: number | undefined;
  readonly choose: (at: number | undefined) => void;
  /** What stands in the plot if there is nothing to draw. */
  readonly blank?: string | undefined;
}

/** A chart over time: what is chosen by pointer or keyboard is read in its legend; a table says the same. */
export function TimeChart(parts: TimeChartParts): VNode {
  const { title, unit, kind, layers, timeline, measure, zone, at } = parts;
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const chosen = at !== undefined && at < timeline.count ? at : undefined;
  return html`<section class="card chart" aria-labelledby=${`${id}-title`}>
    <${Patterns} id=${id} />
    <div class="chart-head">
      <h2 id=${`${id}-title`}>${title}</h2>
      <span class="muted small">${unit}</span>
      <button type="button" class="button button-small" aria-pressed=${asTable ? 'true' : 'false'}
        aria-label=${`${title} as a table`} onClick=${() => setAsTable(!asTable)}>Table</button>
    </div>
    ${
      asTable
        ? html`<${ChartTable} title=${title} layers=${layers} timeline=${timeline} zone=${zone} text=${measure.text} />`
        : html`<${Picture} ...${parts} at=${chosen} id=${id} />`
    }
    <p class="chart-when">${chosen === undefined || asTable ? 'Whole range' : bucketText(timeline, chosen, zone)}</p>
    <${Legend} id=${id} kind=${kind} layers=${layers} at=${asTable ? undefined : chosen} text=${measure.text} />
  </section>`;
}

/** What a bucket holds, as one sentence. */
function sentence({ layers, timeline, zone, measure }: TimeChartParts, at: number): string {
  const values = layers.map((layer) => `${layer.title} ${valueText(layer, at, measure.text)}`);
  return `${bucketText(timeline, at, zone)}: ${values.join(', ') || 'nothing'}`;
}

function Picture(parts: TimeChartParts & { readonly id: string }): VNode {
  const { id, title, kind, layers, timeline, measure, zone, at, choose, blank } = parts;
  const { element, width } = useWidth<HTMLDivElement>();
  const frame = useMemo(() => frameOf({ kind, layers, measure, width }), [kind, layers, measure, width]);
  const covered = blank !== undefined;
  // the same value while the same is shown: moving the pointer draws no bar anew
  const still = useMemo(
    () => html`<${Plot} ...${{ id, kind, layers, timeline, measure, zone, width, frame, covered }} />`,
    [id, kind, layers, timeline, measure, zone, width, frame, covered],
  );
  const point = (event: PointerEvent): void => {
    const { left } = (event.currentTarget as Element).getBoundingClientRect();
    choose(bucketAt(event.clientX - left - frame.left, frame.width, timeline.count));
  };
  // a finger that is lifted leaves what it has chosen
  const leave = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') choose(undefined);
  };
  const move = (event: KeyboardEvent): void => {
    const next = movedTo(event.key, at, timeline.count);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  };
  const shown = at ?? timeline.count - 1;
  return html`<div class="plot-box" ref=${element} role="slider" tabindex="0" aria-label=${`${title}, through time`}
    aria-orientation="horizontal" aria-valuemin="0" aria-valuemax=${timeline.count - 1} aria-valuenow=${shown}
    aria-valuetext=${sentence(parts, shown)} onPointerMove=${point} onPointerDown=${point}
    onPointerLeave=${leave} onBlur=${() => choose(undefined)} onKeyDown=${move}>
    ${width === 0 ? null : still}
    ${width === 0 || at === undefined ? null : html`<${Marker} parts=${parts} frame=${frame} at=${at} width=${width} />`}
    ${blank === undefined ? null : html`<p class="plot-blank">${blank}</p>`}
  </div>`;
}

/** What marks the chosen bucket: a band, and on lines the points. */
function Marker({
  parts: { kind, layers, timeline },
  frame,
  at,
  width,
}: {
  readonly parts: TimeChartParts;
  readonly frame: Frame;
  readonly at: number;
  readonly width: number;
}): VNode {
  const pitch = frame.width / timeline.count;
  const middle = (at + 0.5) * pitch;
  const points = kind === 'bars' ? [] : layers.filter(({ values }) => typeof values[at] === 'number');
  return html`<svg class="plot-marker" width=${width} height=${frame.outerHeight} aria-hidden="true">
    <g transform=${`translate(${frame.left} ${frame.top})`}>
      <rect class="marker-band" x=${at * pitch} width=${Math.max(1, pitch)} height=${frame.height} />
      <path class="marker-line" d=${`M${middle} 0v${frame.height}`} />
      ${points.map(
        ({ name, look, values }) =>
          html`<circle key=${name} class=${`marker-point look-${look}`} cx=${middle} cy=${frame.y(values[at] ?? 0)} r="4" />`,
      )}
    </g>
  </svg>`;
}
