import type { Zone } from './clock.ts';
import { type Lasting, lasting, type Range } from './range.ts';

export const groupings = ['outcome', 'function', 'protocol', 'caller'] as const;
export type Grouping = (typeof groupings)[number];

export const panels = ['charts', 'functions', 'quotas', 'live'] as const;
export type Panel = (typeof panels)[number];

/** Which calls are looked at; empty is all of them. */
export interface Filters {
  readonly function: string;
  readonly protocol: string;
  /** `key:<id>` or `user:<name>`. */
  readonly caller: string;
  /** `ok`, the code of an error, or `errors` for all that are not ok. */
  readonly code: string;
  /** Whether the calls of the console and of the command line count too. */
  readonly inside: boolean;
}

export const filterNames = ['function', 'protocol', 'caller', 'code'] as const satisfies readonly (keyof Filters)[];

/** What of the usage is shown, and how: all of it is in the address. */
export interface View extends Filters {
  readonly panel: Panel;
  readonly range: Range;
  readonly by: Grouping;
  readonly zone: Zone;
}

/** What an address without a query shows. */
export const plainView: View = {
  panel: 'charts',
  range: 'day',
  by: 'outcome',
  zone: 'local',
  function: '',
  protocol: '',
  caller: '',
  code: '',
  inside: false,
};

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | undefined =>
  known.find((one) => one === text);

/** What a query asks for; what it says wrongly is as if it were not there. */
export function viewOf(query: URLSearchParams): View {
  const filters = Object.fromEntries(filterNames.map((name) => [name, (query.get(name) ?? '').slice(0, 200)]));
  return {
    ...plainView,
    ...filters,
    panel: oneOf(panels, query.get('view')) ?? plainView.panel,
    range: rangeOf(query),
    inside: query.get('inside') === 'yes',
    by: oneOf(groupings, query.get('by')) ?? plainView.by,
    zone: query.get('zone') === 'utc' ? 'utc' : 'local',
  };
}

function rangeOf(query: URLSearchParams): Range {
  const since = Date.parse(query.get('since') ?? '');
  const until = Date.parse(query.get('until') ?? '');
  if (since < until) return { since, until };
  const names: readonly Lasting[] = lasting.map(({ name }) => name);
  return oneOf(names, query.get('range')) ?? plainView.range;
}

/** The query of a view, without what is plain: `?range=week&by=function`, or nothing. */
export function queryOf(view: View): string {
  const query = new URLSearchParams();
  if (view.panel !== plainView.panel) query.set('view', view.panel);
  if (typeof view.range !== 'string') {
    query.set('since', new Date(view.range.since).toISOString());
    query.set('until', new Date(view.range.until).toISOString());
  } else if (view.range !== plainView.range) query.set('range', view.range);
  if (view.by !== plainView.by) query.set('by', view.by);
  if (view.zone !== plainView.zone) query.set('zone', view.zone);
  if (view.inside) query.set('inside', 'yes');
  for (const name of filterNames) if (view[name] !== '') query.set(name, view[name]);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether not all calls are looked at. */
export function isFiltered(filters: Filters): boolean {
  return filterNames.some((name) => filters[name] !== '');
}
