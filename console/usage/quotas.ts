import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { Empty, Notice } from '../parts/notice.ts';
import { Meter } from './chart/meter.ts';
import { clockText, type Zone } from './clock.ts';
import type { QuotaUsage, QuotaWindow } from './contract.ts';
import { countOf, countText } from './number-text.ts';
import { fullestFirst, nearnessOf, resetText, subjectOf } from './quota-state.ts';

const shownFirst = 100;

/** Who may call how often, and how much of it is used. */
export function Quotas({
  quotas,
  asOf,
  zone,
}: {
  readonly quotas: readonly QuotaUsage[];
  readonly asOf: number;
  readonly zone: Zone;
}): VNode {
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => fullestFirst(quotas), [quotas]);
  const shown = all ? sorted : sorted.slice(0, shownFirst);
  if (sorted.length === 0) {
    return html`<${Empty} title="Nothing is limited">
      <p>Limits are set for a key, a token or a user, or for all of them by the settings under quotas.</p>
    <//>`;
  }
  return html`<${NearNotice} quotas=${sorted} />
    <p class="muted small">Used as of ${clockText(asOf, zone, true)}; the fullest first.</p>
    <ul class="quotas">${shown.map((one) => html`<${Subject} key=${one.subject} one=${one} asOf=${asOf} zone=${zone} />`)}</ul>
    ${
      shown.length < sorted.length
        ? html`<p class="more"><button type="button" class="button" onClick=${() => setAll(true)}>Show all ${countText(sorted.length)}</button></p>`
        : null
    }`;
}

function windowsOf({ minute, day }: QuotaUsage): readonly QuotaWindow[] {
  return [minute, day].filter((window) => window !== undefined);
}

function NearNotice({ quotas }: { readonly quotas: readonly QuotaUsage[] }): VNode | null {
  const count = (wanted: string): number =>
    quotas.filter((one) => windowsOf(one).some((window) => nearnessOf(window) === wanted)).length;
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

function Subject({ one, asOf, zone }: { readonly one: QuotaUsage; readonly asOf: number; readonly zone: Zone }): VNode {
  const { kind, name } = subjectOf(one);
  return html`<li class="card quota">
    <p class="quota-name"><span class="pill">${kind}</span> <strong>${name}</strong></p>
    <${Window} of=${`${kind} ${name}`} title="This minute" window=${one.minute} asOf=${asOf} zone=${zone} />
    <${Window} of=${`${kind} ${name}`} title="Today" window=${one.day} asOf=${asOf} zone=${zone} />
  </li>`;
}

const warnings = { good: '', warn: 'near the limit', bad: 'used up' } as const;

function Window({
  of,
  title,
  window,
  asOf,
  zone,
}: {
  readonly of: string;
  readonly title: string;
  readonly window: QuotaWindow | undefined;
  readonly asOf: number;
  readonly zone: Zone;
}): VNode {
  if (window === undefined) return html`<div class="quota-window"><p class="small muted">${title}: no limit</p></div>`;
  const { used, limit, reset } = window;
  const nearness = nearnessOf(window);
  const text = `${countText(used)} of ${countText(limit)}`;
  return html`<div class="quota-window">
    <p class="quota-text small"><span>${title}: <strong>${text}</strong></span>
      ${nearness === 'good' ? null : html`<span class=${`pill pill-${nearness}`}>${warnings[nearness]}</span>`}</p>
    <${Meter} used=${used} limit=${limit} nearness=${nearness} label=${`${of}, ${title.toLowerCase()}`} text=${text} />
    <p class="small muted">anew ${resetText(reset)} (${clockText(asOf + reset * 1_000, zone, reset < 60)})</p>
  </div>`;
}
