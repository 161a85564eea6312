import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call, type Failure } from '../call.ts';
import { html } from '../html.ts';
import { FailureNotice, Notice } from '../parts/notice.ts';
import { useAction } from '../use-call.ts';
import { clockText } from './clock.ts';
import { type CallRecord, filterParams } from './contract.ts';
import { download } from './download.ts';
import { fileName, recordsCsv } from './exports.ts';
import { countText } from './number-text.ts';
import type { Span } from './range.ts';
import { allRecords, type Records } from './records-pages.ts';
import type { View } from './view.ts';

/** How new a panel is, and what can be done with it. */
export function PanelTools({
  view,
  now,
  loading,
  failure,
  refresh,
  csv,
  span,
}: {
  readonly view: View;
  readonly now: number;
  readonly loading: boolean;
  readonly failure: Failure | undefined;
  readonly refresh: () => void;
  /** Gives the person what is shown; undefined while nothing is. */
  readonly csv: (() => void) | undefined;
  /** The range whose records can be had. */
  readonly span?: Span;
}): VNode {
  return html`<div class="row panel-tools">
      <button type="button" class="button button-small" onClick=${refresh}>Refresh</button>
      <span class="muted small">${loading ? 'Updating …' : `As of ${clockText(now, view.zone, true)}`}</span>
      <span class="row end">
        <button type="button" class="button button-small" disabled=${csv === undefined} onClick=${csv}>CSV of what is shown</button>
        ${span === undefined ? null : html`<${RecordsButton} span=${span} view=${view} />`}
      </span>
    </div>
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} retry=${refresh} />`}`;
}

/** Gives the person the audit records of the range. */
function RecordsButton({ span, view }: { readonly span: Span; readonly view: View }): VNode {
  const { busy, failure, run } = useAction();
  const [got, setGot] = useState<Records | undefined>(undefined);
  const fetchAll = (): void => {
    setGot(undefined);
    void run(async () => {
      const found = await recordsOf(span, view);
      download(fileName('records', span.since), recordsCsv(found.records));
      setGot(found);
    });
  };
  return html`<button type="button" class="button button-small" disabled=${busy} onClick=${fetchAll}>
      ${busy ? 'Gathering records …' : 'CSV of all records'}
    </button>
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} />`}
    ${
      got === undefined || !got.cut
        ? null
        : html`<${Notice} tone="warn"><p>The file has the newest ${countText(got.records.length)} records; choose a shorter range for the others.</p><//>`
    }
    <span class="visually-hidden" role="status">${got === undefined ? '' : `${countText(got.records.length)} records`}</span>`;
}

function recordsOf({ since, until }: Span, view: View): Promise<Records> {
  const from = new Date(since).toISOString();
  return allRecords(until, (before, limit) =>
    call<readonly CallRecord[]>('admin.audit', {
      ...filterParams(view),
      since: from,
      until: new Date(before).toISOString(),
      limit,
    }),
  );
}
