import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { Empty, Notice } from '../parts/notice.ts';
import { Meter } from './chart/meter.ts';
import { clockText, hour, type Zone } from './clock.ts';
import type { QuotaUsage } from './contract.ts';
import { countOf, countText } from './number-text.ts';
import {
  type Nearness,
  nearestOf,
  nearnessOf,
  type QuotaState,
  type QuotaWindow,
  resetText,
  statesOf,
} from './quota-state.ts';

const shownFirst = 100;

const counts: Readonly<Record<string, string>> = {
  process: 'Calls of the minute are those that this process counts.',
  unknown: 'Calls of the minute are counted in Redis and cannot be told here.',
};

/** Who may call how often, and how much of it is used. */
export function Quotas({
  usage,
  asOf,
  zone,
}: {
  readonly usage: QuotaUsage;
  readonly asOf: number;
  readonly zone: Zone;
}): VNode {
  const [all, setAll] = useState(false);
  const states = useMemo(() => statesOf(usage), [usage]);
  const shown = all ? states : states.slice(0, shownFirst);
  if (states.length === 0) {
    return html`<${Empty} title="Nothing is limited">
      <p>Limits are set for a key, a token or a user, or for all of them by the settings under quotas.</p>
    <//>`;
  }
  return html`<${NearNotice} states=${states} />
    <p class="muted small">The fullest first. ${counts[usage.minute_counts] ?? ''}</p>
    <ul class="quotas">${shown.map((one) => html`<${Subject} key=${one.key} one=${one} asOf=${asOf} zone=${zone} />`)}</ul>
    ${
      shown.length < states.length
        ? html`<p class="more"><button type="button" class="button" onClick=${() => setAll(true)}>Show all ${countText(states.length)}</button></p>`
        : null
    }`;
}

function NearNotice({ states }: { readonly states: readonly QuotaState[] }): VNode | null {
  const count = (wanted: Nearness): number => states.filter((one) => nearestOf(one) === wanted).length;
  const full = count('bad');
  const near = count('warn');
  if (full + near === 0) return null;
  const said = [
    full === 0
      ? ''
      : `${countOf(full, 'caller has', 'callers have')} used a limit up and will be refused until it begins anew.`,
    near === 0 ? '' : `${countOf(near, 'caller has', 'callers have')} used four fifths of a limit or more.`,
  ];
  return html`<${Notice} tone="warn" title="Limits that are used up or nearly so"><p>${said.filter(Boolean).join(' ')}</p><//>`;
}

interface When {
  readonly asOf: number;
  readonly zone: Zone;
}

function Subject({ one, asOf, zone }: When & { readonly one: QuotaState }): VNode {
  const of = `${one.kind} ${one.name}`;
  return html`<li class="card quota">
    <p class="quota-name"><span class="pill">${one.kind}</span> <strong>${one.name}</strong></p>
    <${Window} of=${of} title="This minute" window=${one.minute} asOf=${asOf} zone=${zone} />
    <${Window} of=${of} title="Today" window=${one.day} asOf=${asOf} zone=${zone} />
  </li>`;
}

const warnings = { good: '', warn: 'near the limit', bad: 'used up' } as const;

function Window({
  of,
  title,
  window,
  asOf,
  zone,
}: When & { readonly of: string; readonly title: string; readonly window: QuotaWindow | undefined }): VNode {
  if (window === undefined) return html`<div><p class="small muted">${title}: no limit</p></div>`;
  const { used, limit, ends } = window;
  if (used === undefined)
    return html`<div><p class="small">${title}: at most <strong>${countText(limit)}</strong></p></div>`;
  const nearness = nearnessOf(window);
  const text = `${countText(used)} of ${countText(limit)}`;
  return html`<div>
    <p class="quota-text small"><span>${title}: <strong>${text}</strong></span>
      ${nearness === 'good' ? null : html`<span class=${`pill pill-${nearness}`}>${warnings[nearness]}</span>`}</p>
    <${Meter} used=${used} limit=${limit} nearness=${nearness} label=${`${of}, ${title.toLowerCase()}`} text=${text} />
    <p class="small muted">anew ${resetText(ends - asOf)} (${clockText(ends, zone, ends - asOf < hour)})</p>
  </div>`;
}
