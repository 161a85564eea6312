import type { ComponentChildren, VNode } from 'preact';
import { html } from '../html.ts';
import { Empty, Loading, Notice } from '../parts/notice.ts';
import { Charts } from './charts.ts';
import {
  type FunctionUsage,
  filterParams,
  type QuotaUsage,
  seriesParams,
  spanParams,
  type UsageSeries,
} from './contract.ts';
import { download } from './download.ts';
import { fileName, functionsCsv, quotasCsv, seriesCsv } from './exports.ts';
import { FirstCall } from './first-call.ts';
import { Functions } from './functions.ts';
import { isFresh } from './layers.ts';
import { PanelTools } from './panel-tools.ts';
import { Quotas } from './quotas.ts';
import { type Span, trendSpan } from './range.ts';
import type { Change } from './toolbar.ts';
import { type Fresh, useFresh } from './use-fresh.ts';
import { groupings, isFiltered, type View } from './view.ts';

/** What every panel is given. */
export interface PanelParts {
  readonly view: View;
  readonly span: Span;
  /** When the panel was last brought up to date: another time asks anew. */
  readonly now: number;
  readonly change: Change;
  readonly refresh: () => void;
}

/** Calls over time. */
export function ChartsPanel({ view, span, now, change, refresh }: PanelParts): VNode {
  const fresh = useFresh<UsageSeries>('admin.usage_series', seriesParams(span, view.by, view), now);
  const answer = fresh.value;
  const by = groupings.find((name) => name === fresh.asked['by']) ?? 'outcome';
  const csv = answer && (() => download(fileName(`usage-by-${by}`, Date.parse(answer.since)), seriesCsv(answer, by)));
  return html`<${PanelTools} ...${fresh} view=${view} now=${now} refresh=${refresh} csv=${csv} span=${span} />
    <${Kept} fresh=${fresh} what="the charts">
      ${
        answer === undefined
          ? null
          : html`<${AuditState} answer=${answer} filtered=${isFiltered(view)}>
        <${Charts} answer=${answer} by=${by} view=${view} now=${now} change=${change} />
      <//>`
      }
    <//>`;
}

/** Functions in any order. */
export function FunctionsPanel({ view, span, now, refresh }: PanelParts): VNode {
  const params = { ...spanParams(trendSpan(span)), limit: 2_000, ...filterParams(view) };
  const fresh = useFresh<readonly FunctionUsage[]>('admin.usage_functions', params, now);
  const functions = fresh.value;
  const csv = functions && (() => download(fileName('functions', span.since), functionsCsv(functions)));
  return html`<${PanelTools} ...${fresh} view=${view} now=${now} refresh=${refresh} csv=${csv} span=${span} />
    <${Kept} fresh=${fresh} what="the functions">
      ${functions === undefined ? null : html`<${Functions} functions=${functions} />`}
    <//>`;
}

/** Limits and how much of them is used. */
export function QuotasPanel({ view, now, refresh }: PanelParts): VNode {
  const fresh = useFresh<QuotaUsage>('admin.usage_quotas', { limit: 1_000 }, now);
  const usage = fresh.value;
  const csv = usage && (() => download(fileName('quotas', now), quotasCsv(usage)));
  return html`<${PanelTools} ...${fresh} view=${view} now=${now} refresh=${refresh} csv=${csv} />
    <${Kept} fresh=${fresh} what="the quotas">
      ${usage === undefined ? null : html`<${Quotas} usage=${usage} asOf=${now} zone=${view.zone} />`}
    <//>`;
}

/** The last picture, which stays until there is a newer one. */
function Kept({
  fresh,
  what,
  children,
}: {
  readonly fresh: Fresh<unknown>;
  readonly what: string;
  readonly children?: ComponentChildren;
}): VNode {
  const waiting = fresh.value === undefined && fresh.loading && fresh.failure === undefined;
  return html`<div class=${`kept${fresh.failure === undefined ? '' : ' kept-old'}`} aria-busy=${fresh.loading ? 'true' : 'false'}>
    ${waiting ? html`<${Loading} what=${what} />` : children}
  </div>`;
}

/** Says where nothing is recorded why that is so; what was recorded before is shown all the same. */
function AuditState({
  answer,
  filtered,
  children,
}: {
  readonly answer: UsageSeries;
  readonly filtered: boolean;
  readonly children?: ComponentChildren;
}): VNode {
  const { audit_days: days, recorded_since: recorded } = answer;
  if (days > 0) return !filtered && isFresh(answer) ? html`<${FirstCall} />` : html`<div>${children}</div>`;
  const how = html`<p>Calls are recorded again once the setting <code>audit.days</code> is more than 0:${' '}
    <code>polywire setting set audit.days 365</code></p>`;
  if (recorded === undefined) return html`<${Empty} title="Calls are not recorded on this site">${how}<//>`;
  return html`<div><${Notice} tone="warn" title="Calls are not recorded now">${how}<//>${children}</div>`;
}
