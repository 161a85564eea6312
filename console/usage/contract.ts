import type { Span } from './range.ts';
import type { Filters, Grouping } from './view.ts';

/** The calls of one name of a grouping in each bucket. */
export interface SeriesAnswer {
  /** A function, a protocol, a code, `key:<id>`, `user:<name>`; empty for nobody and for the rest. */
  readonly name: string;
  /** What a key is called. */
  readonly label?: string;
  /** Whether it is all that is not told by its name. */
  readonly other: boolean;
  readonly calls: readonly number[];
  readonly errors: readonly number[];
}

/** What `admin.usage_series` answers; durations are milliseconds, `step` is seconds. */
export interface UsageSeries {
  readonly since: string;
  readonly until: string;
  readonly step: number;
  /** When the oldest record was made that is still kept; absent if there is none. */
  readonly recorded_since?: string;
  /** Days that records are kept; 0 if none are made. */
  readonly audit_days: number;
  readonly series: readonly SeriesAnswer[];
  readonly latency: {
    readonly p50: readonly (number | null)[];
    readonly p95: readonly (number | null)[];
    readonly p99: readonly (number | null)[];
  };
  readonly totals: {
    readonly calls: number;
    readonly errors: number;
    readonly p50?: number;
    readonly p95?: number;
    readonly p99?: number;
  };
}

/** One function of `admin.usage_functions`. */
export interface FunctionUsage {
  readonly function: string;
  readonly calls: number;
  readonly errors: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** Calls in each of some equal parts of the range. */
  readonly trend: readonly number[];
}

/** How much of a limit is used in its current window. */
export interface QuotaWindow {
  readonly limit: number;
  readonly used: number;
  /** Seconds until it begins anew. */
  readonly reset: number;
}

/** One subject of `admin.usage_quotas`. */
export interface QuotaUsage {
  /** `key:<id>`, `token:<id>`, `user:<name>`, `address:<network>`. */
  readonly subject: string;
  readonly label?: string;
  readonly minute?: QuotaWindow;
  readonly day?: QuotaWindow;
}

/** A call as the audit has it. */
export interface CallRecord {
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

/** Filters as parameters: what is empty is left out. */
export function filterParams({ function: name, protocol, caller, code }: Filters): Record<string, string> {
  const wanted = {
    function: name,
    protocol,
    client: caller.startsWith('key:') ? caller.slice(4) : '',
    user: caller.startsWith('key:') ? '' : caller.replace(/^user:/, ''),
    code,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
}

/** A span as parameters: seconds and times as text. */
export function spanParams({ since, until, step }: Span): Record<string, string | number> {
  return { since: new Date(since).toISOString(), until: new Date(until).toISOString(), step: step / 1_000 };
}

/** What `admin.usage_series` is asked with. */
export interface SeriesParams extends Readonly<Record<string, string | number>> {
  readonly by: Grouping;
}

/** Parameters of `admin.usage_series`. */
export function seriesParams(span: Span, by: Grouping, filters: Filters): SeriesParams {
  return { ...spanParams(span), by, top: 5, ...filterParams(filters) };
}
