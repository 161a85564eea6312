import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { placeOf } from './scale.ts';
import { barsPath } from './shapes.ts';

const width = 96;
const height = 22;

/** A row of small bars without axes: only how something went, beside its number. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }): VNode {
  const scale = { domain: [0, Math.max(1, ...values)], extent: [height, 1] } as const;
  const bars = values.map((value) => [0, value] as const);
  return html`<svg class="sparkline" width=${width} height=${height} role="img" aria-label=${label}>
    <path class="series-fill look-1" d=${barsPath(bars, width, (value) => placeOf(scale, value))} />
  </svg>`;
}
