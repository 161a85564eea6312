import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { Empty } from '../../parts/notice.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { hasWords } from '../../parts/words.ts';
import { go, pathTo, type Route, withQuery } from '../../route.ts';
import { StandingPill } from './facts.ts';
import { type Counted, standingOf } from './standing.ts';

/** A column beside the name and the state. */
export interface Column<R> {
  readonly title: string;
  readonly cell: (record: R) => unknown;
}

/** How records of one sort are listed. */
export interface RecordSort<R> {
  readonly section: string;
  readonly title: string;
  /** What one of them is called: `key`. */
  readonly one: string;
  readonly intro: string;
  readonly idOf: (record: R) => string;
  readonly nameOf: (record: R) => string;
  /** What the column of these names is called, where that is not `Name`. */
  readonly nameTitle?: string;
  /** What is searched beside the name. */
  readonly textOf: (record: R) => string;
  /** What decides whether it counts now; undefined for what always does. */
  readonly countedOf: ((record: R) => Counted) | undefined;
  readonly columns: readonly Column<R>[];
}

type Shown = 'all' | 'working' | 'ended';
/** More rows than these are not drawn at once: searching finds the others. */
const most = 500;

function matching<R>(sort: RecordSort<R>, records: readonly R[], words: string, shown: Shown): readonly R[] {
  const matches = hasWords(words);
  const now = Date.now();
  return records.filter((record) => {
    const counted = sort.countedOf?.(record);
    if (counted !== undefined && shown !== 'all' && standingOf(counted, now).works !== (shown === 'working'))
      return false;
    return matches(`${sort.nameOf(record)} ${sort.textOf(record)}`);
  });
}

/** Records of one sort: searched, narrowed, each with a page of its own. */
export function RecordList<R>({
  sort,
  records,
  route,
  children,
}: {
  readonly sort: RecordSort<R>;
  readonly records: readonly R[];
  readonly route: Route;
  /** Buttons beside the title. */
  readonly children?: ComponentChildren;
}): VNode {
  const [shown, setShown] = useState<Shown>('all');
  const words = route.query.get('find') ?? '';
  const found = matching(sort, records, words, shown);
  const find = (event: Event): void => {
    const query = { ...Object.fromEntries(route.query), find: typedIn(event) };
    go(withQuery(pathTo('administration', sort.section), query), true);
  };
  const choose = (event: Event): void => setShown(typedIn(event) as Shown);
  return html`<div class="title-row"><h1>${sort.title}</h1><div class="row">${children}</div></div>
    <p class="muted intro">${sort.intro}</p>
    <div class="toolbar">
      <input type="search" aria-label=${`Find in ${sort.title.toLowerCase()}`} placeholder="Find" value=${words} onInput=${find} />
      ${
        sort.countedOf === undefined
          ? null
          : html`<select aria-label="Which state" value=${shown} onChange=${choose}>
            <option value="all">In every state</option><option value="working">That work now</option><option value="ended">That do not work</option>
          </select>`
      }
      <span class="muted small" role="status">${found.length} of ${records.length}${found.length > most ? `, the first ${most} shown` : ''}</span>
    </div>
    ${records.length === 0 ? html`<${Empty} title=${`There is no ${sort.one} yet`} />` : found.length === 0 ? html`<${Empty} title="Nothing matches" />` : html`<${Table} sort=${sort} records=${found.slice(0, most)} />`}`;
}

function Table<R>({ sort, records }: { readonly sort: RecordSort<R>; readonly records: readonly R[] }): VNode {
  return html`<div class="table-scroll"><table class="records">
    <thead><tr><th scope="col">${sort.nameTitle ?? 'Name'}</th>${sort.countedOf === undefined ? null : html`<th scope="col">State</th>`}
      ${sort.columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
    <tbody>${records.map((record) => {
      const id = sort.idOf(record);
      const counted = sort.countedOf?.(record);
      return html`<tr key=${id}>
        <th scope="row"><a href=${pathTo('administration', sort.section, id)}>${sort.nameOf(record)}</a></th>
        ${counted === undefined ? null : html`<td data-label="State"><${StandingPill} record=${counted} /></td>`}
        ${sort.columns.map(({ title, cell }) => html`<td data-label=${title}>${cell(record)}</td>`)}
      </tr>`;
    })}</tbody>
  </table></div>`;
}
