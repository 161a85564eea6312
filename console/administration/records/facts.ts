import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { type Counted, distance, standingOf } from './standing.ts';

/** A moment as people read it, with how far it is from now. */
export function Moment({ at, none = 'never' }: { readonly at: string | undefined; readonly none?: string }): VNode {
  if (at === undefined) return html`<span class="muted">${none}</span>`;
  const text = new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  return html`<span><time datetime=${at} title=${at}>${text}</time> <span class="muted small">${distance(at, Date.now())}</span></span>`;
}

/** How far a moment is from now; the moment itself under the pointer. */
export function Ago({ at, none = 'never' }: { readonly at: string | undefined; readonly none?: string }): VNode {
  if (at === undefined) return html`<span class="muted">${none}</span>`;
  return html`<time datetime=${at} title=${new Date(at).toLocaleString()}>${distance(at, Date.now())}</time>`;
}

/** Several short texts, or what none of them means. */
export function Items({ items, none }: { readonly items: readonly string[]; readonly none: string }): VNode {
  if (items.length === 0) return html`<span class="muted">${none}</span>`;
  return html`<span class="fact-items">${items.map((item) => html`<code>${item}</code>`)}</span>`;
}

/** Whether a record counts now. */
export function StandingPill({ record }: { readonly record: Counted }): VNode {
  const { tone, word } = standingOf(record, Date.now());
  return html`<span class=${`pill pill-${tone}`}>${word}</span>`;
}

/** One thing that is known of a record. */
export type Fact = readonly [label: string, value: unknown];

/** From when until when something counts. */
export function validityFacts(record: Counted): readonly Fact[] {
  return [
    ['Begins', html`<${Moment} at=${record.valid_from} none="at once" />`],
    ['Ends', html`<${Moment} at=${record.valid_until} />`],
  ];
}

/** What is known of a record. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): VNode {
  return html`<dl class="record-facts">
    ${facts.map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
