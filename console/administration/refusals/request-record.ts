import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { Empty, Loading, Waiting } from '../../parts/notice.ts';
import { pathToRefusals } from '../../route.ts';
import { useSession } from '../../session.ts';
import { durationText } from '../../usage/number-text.ts';
import { useCall } from '../../use-call.ts';
import { Facts, Moment } from '../records/facts.ts';
import { againOf, type CallRecord, type Explanation, factsOf, paramsOfSupposed, queryOf } from './explanation.ts';
import { GateList, Mends } from './gate-list.ts';

/** What stands where nothing is known of a request. */
function NotRecorded({ again }: { readonly again: () => void }): VNode {
  return html`<${Empty} title="Nothing is recorded of this request">
    <p>A record takes a moment to be written, and is kept as long as the setting <code>audit.days</code> says. Is the id whole?</p>
    <button type="button" class="button" onClick=${again}>Look again</button>
  <//>`;
}

/** How often it looks for what is not recorded, every half a second: whoever asks at once is ahead of the record. */
const mostLooks = 6;

/** What was recorded of a request, what it means, and how the same call would fare now. */
export function ExplainedRequest({ id }: { readonly id: string }): VNode {
  const called = useCall<Explanation>('admin.explain', { request_id: id });
  const missing = called.failure?.code === 'invalid-params';
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (!missing || looks >= mostLooks) return undefined;
    const soon = setTimeout(() => {
      setLooks(looks + 1);
      called.reload();
    }, 500);
    return () => clearTimeout(soon);
  }, [missing, looks]);
  if (missing && looks < mostLooks) return html`<${Loading} what="what was recorded" />`;
  if (missing) return html`<${NotRecorded} again=${called.reload} />`;
  if (called.value === undefined) return html`<${Waiting} called=${called} what="what was recorded" />`;
  const { records } = called.value;
  return html`${records.map(({ record, meaning }, at) => html`<${Recorded} key=${at} record=${record} meaning=${meaning} many=${records.length > 1} />`)}`;
}

function Recorded({
  record,
  meaning,
  many,
}: {
  readonly record: CallRecord;
  readonly meaning: string;
  readonly many: boolean;
}): VNode {
  const { code, gate, duration, client, user, address } = record;
  const well = code === 'ok';
  const { protocols } = useSession().session;
  const outside = protocols.some(({ name }) => name === record.protocol);
  const supposed = againOf(record);
  return html`<section class="card">
    <h2>${record.function} over ${record.protocol}</h2>
    <div class=${`notice ${well ? 'notice-good' : 'notice-bad'}`}>
      <p class="notice-title">${well ? 'It was carried out' : `It ended with ${code}`}</p>
      <p>${meaning}</p>
      ${gate === undefined ? null : html`<${Mends} gate=${gate} facts=${factsOf(supposed)} />`}
    </div>
    <${Facts} facts=${[
      ['When', html`<${Moment} at=${record.time} />`],
      ['Key', client === undefined ? html`<span class="muted">none</span>` : html`<code>${client}</code>`],
      ['User', user ?? html`<span class="muted">nobody known</span>`],
      ['Address', address === '' ? 'inside this server' : address],
      ['Gate', gate === undefined ? html`<span class="muted">none refused</span>` : html`<code>${gate}</code>`],
      ['Took', durationText(duration)],
    ]} />
    ${well || !outside ? null : gate?.startsWith('authenticator') ? html`<${Unproven} record=${record} />` : html`<${Again} record=${record} open=${!many} />`}
  </section>`;
}

/** What stands in place of the same call now where nobody knows whose credentials were wrong. */
function Unproven({ record }: { readonly record: CallRecord }): VNode {
  const path = pathToRefusals(queryOf(againOf(record)));
  return html`<p>Credentials that prove nothing are not recorded. If you know which key, user or token was meant,
    <a href=${path}>suppose the call with it</a>: every gate then says what it would do.</p>`;
}

/** The same call as it would fare now: what has been mended since, and what has not. */
function Again({ record, open }: { readonly record: CallRecord; readonly open: boolean }): VNode {
  const supposed = againOf(record);
  const called = useCall<Explanation>('admin.explain', paramsOfSupposed(supposed));
  const path = pathToRefusals(queryOf(supposed));
  return html`<details open=${open} class="again">
    <summary><h3>The same call now, gate by gate</h3></summary>
    ${called.value === undefined ? html`<${Waiting} called=${called} what="what the gates say" />` : html`<${GateList} explanation=${called.value} facts=${factsOf(supposed)} />`}
    <p><a href=${path}>Change something of this call and ask again</a></p>
  </details>`;
}
