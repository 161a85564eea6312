import { capital } from '../../parts/words.ts';

/** Which events are shown. */
export interface EventFilter {
  readonly kind: string;
  readonly user: string;
  readonly request: string;
  /** Local time, as the browser's own field has it; empty for none. */
  readonly since: string;
  readonly until: string;
  readonly limit: number;
}

const usual: EventFilter = { kind: '', user: '', request: '', since: '', until: '', limit: 100 };

/** The kinds of events that there are. */
export const kinds: readonly string[] = [
  'login',
  'login-failed',
  'session-started',
  'session-ended',
  'sessions-ended',
  'password-changed',
  'setting-changed',
  'key-created',
  'key-changed',
  'key-rotated',
  'key-revoked',
  'token-created',
  'token-renewed',
  'token-revoked',
  'app-password-created',
  'app-password-revoked',
  'setup-refused',
  'user-created',
  'user-changed',
  'user-removed',
  'role-created',
  'role-changed',
  'role-removed',
  'role-assigned',
  'role-unassigned',
  'service-created',
  'service-changed',
  'service-removed',
  'service-user-added',
  'service-user-removed',
];

/** A kind as people read it: `Key revoked`. */
export function kindText(kind: string): string {
  return capital(kind.replaceAll('-', ' '));
}

/** The filter that an address names. */
export function filterOf(query: Pick<URLSearchParams, 'get'>): EventFilter {
  const limit = Number(query.get('limit'));
  const text = (name: string): string => query.get(name) ?? '';
  return {
    kind: text('kind'),
    user: text('user'),
    request: text('request'),
    since: text('since'),
    until: text('until'),
    limit: Number.isInteger(limit) && limit >= 1 && limit <= 10_000 ? limit : usual.limit,
  };
}

/** The query of a filter, without what is as usual. */
export function queryOfFilter(filter: EventFilter): string {
  const held: Readonly<Record<string, unknown>> = { ...usual };
  const told = Object.entries(filter).filter(([name, value]) => value !== held[name]);
  return new URLSearchParams(Object.fromEntries(told.map(([name, value]) => [name, String(value)]))).toString();
}

function moment(local: string): string | undefined {
  const time = Date.parse(local);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The parameters of `admin.events` for a filter. */
export function paramsOfFilter({ kind, user, request, since, until, limit }: EventFilter): Record<string, unknown> {
  const [from, to] = [moment(since), moment(until)];
  return {
    ...(kind !== '' && { kind }),
    ...(user !== '' && { user }),
    ...(request !== '' && { request_id: request }),
    ...(from !== undefined && { since: from }),
    ...(to !== undefined && { until: to }),
    limit,
  };
}
