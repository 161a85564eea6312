import type { VNode } from 'preact';
import { html } from '../html.ts';

/** A switch that is on or off (WAI-ARIA, role switch). */
export function Switch({
  label,
  on,
  busy = false,
  onChange,
  ...rest
}: {
  readonly label: string;
  readonly on: boolean;
  readonly busy?: boolean;
  readonly onChange: () => void;
  readonly [attribute: string]: unknown;
}): VNode {
  return html`<button type="button" role="switch" class="switch" aria-checked=${on ? 'true' : 'false'}
    aria-label=${label} aria-busy=${busy ? 'true' : undefined} onClick=${() => busy || onChange()} ...${rest}>
    <span class="switch-knob" aria-hidden="true"></span>
  </button>`;
}
