import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { Empty } from '../parts/notice.ts';
import { typedIn } from '../parts/typed-in.ts';
import { pathTo } from '../route.ts';
import { Sparkline } from './chart/sparkline.ts';
import type { FunctionUsage } from './contract.ts';
import { type Column, columns, named, type Order, ordered, rateOf, turned } from './function-order.ts';
import { countOf, countText, durationText, percentText } from './number-text.ts';
import { Segments } from './segments.ts';

/** Rows that are shown before more are asked for: a page stays quick with thousands of functions. */
const shownFirst = 100;

const orders: readonly { readonly title: string; readonly order: Order }[] = [
  { title: 'Most used', order: { column: 'calls', falling: true } },
  { title: 'Slowest', order: { column: 'p95', falling: true } },
  { title: 'Most errors', order: { column: 'errors', falling: true } },
];

const marks = { none: '', descending: '▾', ascending: '▴' } as const;

/** The functions that were called, in any order. */
export function Functions({ functions }: { readonly functions: readonly FunctionUsage[] }): VNode {
  const [order, setOrder] = useState<Order>({ column: 'calls', falling: true });
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const found = useMemo(() => ordered(named(functions, text), order), [functions, text, order]);
  // made once for each answer: another order moves rows, and draws none anew
  const rows = useMemo(
    () => new Map(functions.map((one) => [one, html`<${Row} key=${one.function} one=${one} />`])),
    [functions],
  );
  const shown = all ? found : found.slice(0, shownFirst);
  if (functions.length === 0) return html`<${Empty} title="No function was called in this time" />`;
  const heard = (event: Event): void => setText(typedIn(event));
  return html`<div class="row table-tools">
      <input type="search" aria-label="Find functions by name" placeholder="Find by name" value=${text} onInput=${heard} />
      <${Segments} aria-label="Order" segments=${orders.map(({ title, order: one }) => ({
        title,
        on: one.column === order.column && one.falling === order.falling,
        choose: () => setOrder(one),
      }))} />
      <span class="muted small" role="status">${countOf(found.length, 'function')}</span>
    </div>
    <div class="table-scroll" tabindex="0" role="region" aria-label="Functions">
      <table class="usage-functions">
        <${Head} order=${order} sort=${(column: Column) => setOrder(turned(order, column))} />
        <tbody>${shown.map((one) => rows.get(one))}</tbody>
      </table>
    </div>
    ${
      shown.length < found.length
        ? html`<p class="more"><button type="button" class="button" onClick=${() => setAll(true)}>Show all ${countText(found.length)}</button></p>`
        : null
    }`;
}

function Head({ order, sort }: { readonly order: Order; readonly sort: (column: Column) => void }): VNode {
  const trend = html`<th key="trend" scope="col" class="column-trend">Calls over time</th>`;
  return html`<thead><tr>
    ${columns.flatMap(({ name, title }) => {
      const state = order.column !== name ? 'none' : order.falling ? 'descending' : 'ascending';
      const head = html`<th key=${name} scope="col" class=${`column-${name}${name === 'function' ? '' : ' number'}`}
        aria-sort=${state}>
        <button type="button" class="sort" onClick=${() => sort(name)}>${title}
          <span class="sort-mark" aria-hidden="true">${marks[state]}</span></button>
      </th>`;
      return name === 'calls' ? [head, trend] : [head];
    })}
  </tr></thead>`;
}

function Row({ one }: { readonly one: FunctionUsage }): VNode {
  const rate = rateOf(one);
  const most = Math.max(0, ...one.series);
  return html`<tr>
    <th scope="row" class="column-function">${
      one.function === ''
        ? html`<span class="muted">unknown functions</span>`
        : html`<a href=${pathTo('functions', one.function)}>${one.function}</a>`
    }</th>
    <td class="number column-calls">${countText(one.calls)}</td>
    <td class="column-trend"><${Sparkline} values=${one.series} label=${`at most ${countText(most)} in one part of the range`} /></td>
    <td class="number column-errors">${countText(one.errors)}</td>
    <td class=${`number column-rate${rate >= 0.05 ? ' high' : ''}`}>${percentText(rate)}</td>
    <td class="number column-mean">${took(one.mean)}</td>
    <td class="number column-p50">${took(one.p50)}</td>
    <td class="number column-p95">${took(one.p95)}</td>
    <td class="number column-p99">${took(one.p99)}</td>
    <td class="number column-max">${took(one.max)}</td>
  </tr>`;
}

function took(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '–' : durationText(milliseconds);
}
