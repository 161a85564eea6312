import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { FunctionName } from '../parts/function-name.ts';
import { Empty, FailureNotice, Loading } from '../parts/notice.ts';
import { pathToRefusals } from '../route.ts';
import { clockText, dateText, type Zone } from './clock.ts';
import type { CallRecord } from './contract.ts';
import { download } from './download.ts';
import { fileName, recordsCsv } from './exports.ts';
import { FirstCall } from './first-call.ts';
import { countOf, durationText } from './number-text.ts';
import { callerOf, type TailRow } from './tail.ts';
import { useTail } from './use-tail.ts';
import { isFiltered, queryOf, type View } from './view.ts';

/** Calls as they come, the newest on top. */
export function Live({ view }: { readonly view: View }): VNode {
  const [paused, setPaused] = useState(false);
  const { tail, failure, pace } = useTail(view, paused);
  const rows = tail?.rows;
  const table = useMemo(
    () => (rows === undefined || rows.length === 0 ? undefined : tableOf(rows, view)),
    [rows, queryOf(view)],
  );
  const calls = rows?.flatMap(({ call }) => call ?? []) ?? [];
  const state = stateOf(paused, failure !== undefined);
  return html`<div class="row table-tools">
      <button type="button" class="button" onClick=${() => setPaused(!paused)}>${paused ? 'Resume' : 'Pause'}</button>
      <span class=${`pill ${state.pill}`} role="status">${state.text}</span>
      ${paused ? null : html`<span class="muted small">looks every ${durationText(pace)}</span>`}
      <span class="muted small">${countOf(calls.length, 'call')} shown, the newest on top</span>
      <button type="button" class="button end" disabled=${calls.length === 0}
        onClick=${() => download(fileName('live', Date.now()), recordsCsv(calls))}>CSV of these calls</button>
    </div>
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} />`}
    ${table ?? (failure === undefined ? html`<${Nothing} loading=${rows === undefined} filtered=${isFiltered(view)} />` : null)}`;
}

function stateOf(paused: boolean, failed: boolean): { readonly text: string; readonly pill: string } {
  if (paused) return { text: 'Paused', pill: 'pill-warn' };
  return failed ? { text: 'Interrupted', pill: 'pill-bad' } : { text: 'Following', pill: 'pill-good' };
}

function Nothing({ loading, filtered }: { readonly loading: boolean; readonly filtered: boolean }): VNode {
  if (loading) return html`<${Loading} what="the newest calls" />`;
  return filtered
    ? html`<${Empty} title="No such call has been recorded yet"><p>It appears here once there is one.</p><//>`
    : html`<${FirstCall} />`;
}

function tableOf(rows: readonly TailRow[], view: View): VNode {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Newest calls">
    <table class="usage-live">
      <thead><tr>
        <th scope="col">Time</th><th scope="col">Function</th><th scope="col" class="column-protocol">Protocol</th>
        <th scope="col" class="column-caller">Caller</th><th scope="col" class="column-address">Address</th>
        <th scope="col">Outcome</th><th scope="col" class="number column-duration">Took</th>
      </tr></thead>
      <tbody>
        ${rows.map(({ key, call }) =>
          call === undefined
            ? html`<tr key=${key}><td colspan="7" class="muted missed">Here are calls missing: more came than can be shown.</td></tr>`
            : html`<${CallRow} key=${key} call=${call} view=${view} />`,
        )}
      </tbody>
    </table>
  </div>`;
}

function CallRow({ call, view }: { readonly call: CallRecord; readonly view: View }): VNode {
  const only = (change: Partial<View>): string => `/console/usage${queryOf({ ...view, ...change })}`;
  const caller = callerOf(call);
  return html`<tr>
    <td class="time"><${Moment} time=${Date.parse(call.time)} zone=${view.zone} /></td>
    <td>${
      call.function === ''
        ? html`<span class="muted">none</span>`
        : html`<a href=${only({ function: call.function })} title=${`Only ${call.function}`}><${FunctionName} name=${call.function} /></a>`
    }</td>
    <td class="column-protocol">${call.protocol}</td>
    <td class="column-caller">${
      caller === undefined
        ? html`<span class="muted">nobody known</span>`
        : html`<a href=${only({ caller })} title=${`Only ${caller}`}>${caller.replace(/^user:/, '')}</a>`
    }</td>
    <td class="column-address">${call.address}</td>
    <td><${Outcome} call=${call} /></td>
    <td class="number column-duration">${durationText(call.duration)}</td>
  </tr>`;
}

function Moment({ time, zone }: { readonly time: number; readonly zone: Zone }): VNode {
  const parts = String(Math.floor(time % 1_000)).padStart(3, '0');
  return html`<time datetime=${new Date(time).toISOString()} title=${dateText(time, zone, true)}>${clockText(time, zone, true)}<span
    class="muted">.${parts}</span></time>`;
}

/** How a call ended; what did not end well leads to its explanation. */
function Outcome({ call }: { readonly call: CallRecord }): VNode {
  if (call.code === 'ok') return html`<span class="pill pill-good">ok</span>`;
  return html`<a class="pill pill-bad" href=${pathToRefusals({ request: call.request_id })} title=${call.gate === undefined ? 'Why?' : `Refused by ${call.gate}. Why?`}>${call.code}</a>`;
}
