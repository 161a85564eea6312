import type { Span } from './range.ts';
import type { Filters, Grouping } from './view.ts';

/** Counts, and durations in milliseconds; these are absent where there was no call. */
export interface Measured {
  readonly calls: number;
  readonly errors: number;
  readonly mean?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
}

/** What one name of a grouping did, in all and in each bucket. */
export interface Group extends Measured {
  /** A function, a protocol, a code, a user, a key's id; empty for nobody; absent for all that are not told by name. */
  readonly name?: string;
  /** By caller: what the name is of. */
  readonly kind?: string;
  /** What a key is called. */
  readonly label?: string;
  readonly series: readonly number[];
  readonly error_series: readonly number[];
}

/** What `admin.usage_series` answers; `step` is seconds. */
export interface UsageSeries {
  readonly since: string;
  readonly until: string;
  readonly step: number;
  /** When the oldest record was made that is still kept; absent if there is none. */
  readonly recorded_since?: string;
  /** Days that records are kept; 0 if none are made. */
  readonly audit_days: number;
  readonly total: Measured;
  readonly buckets: readonly (Measured & { readonly time: string })[];
  readonly groups: readonly Group[];
  readonly other?: Group;
}

/** One function of `admin.usage_functions`. */
export interface FunctionUsage extends Measured {
  readonly function: string;
  /** Calls in each of some equal parts of the range. */
  readonly series: readonly number[];
}

/** Something with a limit, of `admin.usage_quotas`. */
export interface QuotaSubject {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly per_minute?: number;
  readonly per_day?: number;
  readonly used_minute?: number;
  readonly used_day?: number;
}

/** What `admin.usage_quotas` answers. */
export interface QuotaUsage {
  /** Whose count that of the minute is: this process's own, the whole site's, or one that cannot be told. */
  readonly minute_counts: string;
  readonly minute_ends: string;
  readonly day_ends: string;
  readonly subjects: readonly QuotaSubject[];
}

/** A call as the audit has it. */
export interface CallRecord {
  /** Its place among all records. */
  readonly cursor: string;
  readonly time: string;
  readonly request_id: string;
  readonly function: string;
  readonly protocol: string;
  readonly client?: string;
  readonly user?: string;
  readonly address: string;
  readonly code: string;
  readonly gate?: string;
  readonly duration: number;
}

/** Filters as parameters: what is empty is left out. Who names a protocol means that one, also if it is the console. */
export function filterParams(filters: Filters): Record<string, string | boolean> {
  const { function: name, protocol, caller, code, inside } = filters;
  const wanted = {
    function: name,
    protocol,
    client: caller.startsWith('key:') ? caller.slice(4) : '',
    user: caller.startsWith('key:') ? '' : caller.replace(/^user:/, ''),
    code: code === 'errors' ? '' : code,
    failed: code === 'errors',
    wire: !inside && protocol === '',
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '' && value !== false));
}

/** A span as parameters: seconds and times as text. */
export function spanParams({ since, until, step }: Span): Record<string, string | number> {
  return { since: new Date(since).toISOString(), until: new Date(until).toISOString(), step: step / 1_000 };
}

/** Parameters of `admin.usage_series`. */
export function seriesParams(span: Span, by: Grouping, filters: Filters): Record<string, string | number | boolean> {
  return { ...spanParams(span), by: by === 'outcome' ? 'code' : by, top: 5, ...filterParams(filters) };
}
