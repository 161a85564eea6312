import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Zone } from '../clock.ts';
import { bucketText, type Layer, type Timeline } from './layer.ts';
import { valueText } from './legend.ts';

/** The numbers of a chart, for those who would rather read them. */
export function ChartTable({
  title,
  layers,
  timeline,
  zone,
  text,
}: {
  readonly title: string;
  readonly layers: readonly Layer[];
  readonly timeline: Timeline;
  readonly zone: Zone;
  readonly text: (value: number) => string;
}): VNode {
  const buckets = Array.from({ length: timeline.count }, (_, i) => i);
  return html`<div class="table-scroll chart-table" tabindex="0" role="region" aria-label=${`${title} as a table`}>
    <table>
      <thead><tr>
        <th scope="col">Time</th>
        ${layers.map(({ name, title }) => html`<th key=${name} scope="col" class="number" title=${title}>${title}</th>`)}
      </tr></thead>
      <tbody>
        ${buckets.map(
          (i) => html`<tr key=${i}>
            <th scope="row">${bucketText(timeline, i, zone)}</th>
            ${layers.map((layer) => html`<td key=${layer.name} class="number">${valueText(layer, i, text)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
