import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { UsageSeries } from './contract.ts';
import { countText, durationText, percentText } from './number-text.ts';

/** The whole range in six numbers. */
export function Totals({ totals }: { readonly totals: UsageSeries['totals'] }): VNode {
  const { calls, errors, p50, p95, p99 } = totals;
  const numbers = [
    ['Calls', countText(calls)],
    ['Errors', countText(errors)],
    ['Error rate', calls === 0 ? '–' : percentText(errors / calls)],
    ['Median', duration(p50)],
    ['95 of 100 within', duration(p95)],
    ['99 of 100 within', duration(p99)],
  ];
  return html`<dl class="totals">
    ${numbers.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

function duration(value: number | undefined): string {
  return value === undefined ? '–' : durationText(value);
}
