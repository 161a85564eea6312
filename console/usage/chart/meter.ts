import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Nearness } from '../quota-state.ts';

/** A bar that fills up to a limit (WAI-ARIA, meter). */
export function Meter({
  used,
  limit,
  nearness,
  label,
  text,
}: {
  readonly used: number;
  readonly limit: number;
  readonly nearness: Nearness;
  readonly label: string;
  readonly text: string;
}): VNode {
  const share = limit <= 0 ? 1 : Math.min(1, used / limit);
  return html`<div class=${`meter meter-${nearness}`} role="meter" aria-label=${label} aria-valuemin="0"
    aria-valuemax=${limit} aria-valuenow=${Math.min(used, limit)} aria-valuetext=${text}>
    <div class="meter-fill" style=${{ width: `${share * 100}%` }}></div>
  </div>`;
}
