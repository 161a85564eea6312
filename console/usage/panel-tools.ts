import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call, type Failure } from '../call.ts';
import { html } from '../html.ts';
import { FailureNotice, Notice } from '../parts/notice.ts';
import { useAction } from '../use-call.ts';
import { clockText } from './clock.ts';
import { filterParams, spanParams } from './contract.ts';
import { download } from './download.ts';
import { fileName, recordsIn } from './exports.ts';
import { countOf, countText } from './number-text.ts';
import type { Span } from './range.ts';
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

/** Records in one file. */
const most = 50_000;

/** Gives the person the audit records of the range. */
function RecordsButton({ span, view }: { readonly span: Span; readonly view: View }): VNode {
  const { busy, failure, run } = useAction();
  const [count, setCount] = useState<number | undefined>(undefined);
  const fetchAll = (): void => {
    setCount(undefined);
    void run(async () => {
      const { since, until } = spanParams(span);
      const text = await call<string>('admin.usage_csv', { since, until, ...filterParams(view), limit: most });
      download(fileName('records', span.since), text);
      setCount(recordsIn(text));
    });
  };
  return html`<button type="button" class="button button-small" disabled=${busy} onClick=${fetchAll}>
      ${busy ? 'Gathering records …' : 'CSV of all records'}
    </button>
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} />`}
    ${
      count === undefined || count < most
        ? null
        : html`<${Notice} tone="warn"><p>The file has the newest ${countText(most)} records; choose a shorter range for the others.</p><//>`
    }
    <span class="visually-hidden" role="status">${count === undefined ? '' : countOf(count, 'record')}</span>`;
}
