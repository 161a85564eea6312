import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Measured } from './contract.ts';
import { countText, durationText, percentText } from './number-text.ts';

/** The whole range in six numbers. */
export function Totals({ total }: { readonly total: Measured }): VNode {
  const { calls, errors, p50, p95, p99 } = total;
  const numbers = [
    ['Calls', countText(calls)],
    ['Errors', countText(errors)],
    ['Error rate', calls === 0 ? '–' : percentText(errors / calls)],
    ['Median time', duration(p50)],
    ['95 % within', duration(p95)],
    ['99 % within', duration(p99)],
  ];
  return html`<dl class="totals">
    ${numbers.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

function duration(value: number | undefined): string {
  return value === undefined ? '–' : durationText(value);
}
