import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { TextField } from '../../parts/field.ts';
import { useNarrow } from '../../parts/narrow.ts';
import { Empty, Waiting } from '../../parts/notice.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { go, pathTo, pathToRefusals, type Route } from '../../route.ts';
import { useCall } from '../../use-call.ts';
import { Moment } from '../records/facts.ts';
import { type EventFilter, filterOf, kinds, kindText, paramsOfFilter, queryOfFilter } from './event-filter.ts';

/** What happened, as `admin.events` has it. */
interface SiteEvent {
  readonly time: string;
  readonly kind: string;
  readonly actor?: string;
  readonly subject?: string;
  readonly address?: string;
  readonly request_id?: string;
}

/** What happened to credentials, users and switches, the newest first. */
export function EventsSection({ route }: { readonly route: Route }): VNode {
  const filter = filterOf(route.query);
  const called = useCall<readonly SiteEvent[]>('admin.events', paramsOfFilter(filter));
  const change = (part: Partial<EventFilter>): void => {
    const query = queryOfFilter({ ...filter, ...part });
    go(pathTo('administration', 'events') + (query === '' ? '' : `?${query}`), true);
  };
  return html`<div class="title-row"><h1>Events</h1><button type="button" class="button" onClick=${called.reload}>Look again</button></div>
    <p class="muted intro">What happened to credentials, users and switches: the newest first. Calls are under Usage.</p>
    <${FoldedFilters} filter=${filter} change=${change} />
    ${called.value === undefined ? html`<${Waiting} called=${called} what="the events" />` : html`<${Events} events=${called.value} filter=${filter} change=${change} />`}`;
}

interface FilterProps {
  readonly filter: EventFilter;
  readonly change: (part: Partial<EventFilter>) => void;
}

/** The filters, folded away on phones unless one is set. */
function FoldedFilters({ filter, change }: FilterProps): VNode {
  const filters = html`<${Filters} key=${`${filter.user} ${filter.request}`} filter=${filter} change=${change} />`;
  if (!useNarrow()) return filters;
  return html`<details class="card patterns" open=${queryOfFilter({ ...filter, limit: 100 }) !== ''}><summary>Filters</summary>${filters}</details>`;
}

function Filters({ filter, change }: FilterProps): VNode {
  const [user, setUser] = useState(filter.user);
  const [request, setRequest] = useState(filter.request);
  const submit = (event: Event): void => {
    event.preventDefault();
    change({ user, request });
  };
  const chooseKind = (event: Event): void => change({ kind: typedIn(event) });
  return html`<form class="form-grid events-filter" onSubmit=${submit}>
    <div class="field"><label for="event-kind">What</label>
      <select id="event-kind" value=${filter.kind} onChange=${chooseKind}>
        <option value="">Everything</option>
        ${kinds.map((kind) => html`<option value=${kind}>${kindText(kind)}</option>`)}
      </select></div>
    <${TextField} label="Who did it" value=${user} onInput=${(text: string) => setUser(text.trim())} autocomplete="off" />
    <${TextField} type="datetime-local" label="From" value=${filter.since} onInput=${(since: string) => change({ since })} />
    <${TextField} type="datetime-local" label="Until" value=${filter.until} onInput=${(until: string) => change({ until })} />
    <${TextField} label="Request id" value=${request} onInput=${(text: string) => setRequest(text.trim())} autocomplete="off" />
    <div class="field events-search"><button class="button">Search</button></div>
  </form>`;
}

function Events({ events, filter, change }: FilterProps & { readonly events: readonly SiteEvent[] }): VNode {
  if (events.length === 0) return html`<${Empty} title="Nothing of the kind has happened" />`;
  return html`<div class="table-scroll"><table class="records">
      <thead><tr><th scope="col">What</th><th scope="col">To what</th><th scope="col">Who</th><th scope="col">When</th><th scope="col">From</th><th scope="col">Request</th></tr></thead>
      <tbody>${events.map((event, at) => html`<${Row} key=${`${event.time} ${at}`} event=${event} />`)}</tbody>
    </table></div>
    <p class="row events-more" role="status"><span class="muted small">${events.length} shown</span>
      ${events.length < filter.limit ? null : html`<button type="button" class="button button-small" onClick=${() => change({ limit: Math.min(10_000, filter.limit * 5) })}>Show more</button>`}</p>`;
}

function Row({ event }: { readonly event: SiteEvent }): VNode {
  const { kind, subject, actor, address, time, request_id: id } = event;
  const none = html`<span class="muted">–</span>`;
  const request = id === undefined ? none : html`<a href=${pathToRefusals({ request: id })}><code>${id}</code></a>`;
  return html`<tr>
    <th scope="row">${kindText(kind)}</th>
    <td data-label="To what">${subject === undefined ? none : html`<code>${subject}</code>`}</td>
    <td data-label="Who">${actor ?? none}</td>
    <td data-label="When"><${Moment} at=${time} /></td>
    <td data-label="From">${address || none}</td>
    <td data-label="Request">${request}</td>
  </tr>`;
}
