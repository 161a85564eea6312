/** A name and its value, out of a family of metrics. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Where it differs from the family's: `_bucket`, `_sum`, `_count` of a histogram. */
  readonly metricName?: string;
}

/** A histogram with its labels: how many lie up to each bound and above the one before, and beyond the last; their sum. */
export interface Buckets {
  readonly labels: Sample['labels'];
  readonly counts: readonly number[];
  readonly sum: number;
}

/** How the numbers of several processes become one: as prom-client names it. */
export type Aggregator = 'sum' | 'first' | 'omit' | 'average' | 'min' | 'max';

/** A metric with all its values at one moment: those of Node's own in the form of prom-client's JSON. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly aggregator: Aggregator;
  readonly values: readonly Sample[];
  /** Histograms of our own, which are written as `values` only where they are read: there are many buckets. */
  readonly bounds?: readonly number[];
  readonly buckets?: readonly Buckets[];
}

/** All metrics of a process at one moment; plain data, which goes from one process to another. */
export type Snapshot = readonly Family[];

/** A metric that Polywire has beside those of every Node process. */
export interface Metric extends Pick<Family, 'help' | 'type'> {
  readonly labels: readonly string[];
}

/** Every metric of Polywire's own. Names are never reused for something else. */
export const metrics = {
  polywire_calls_total: {
    type: 'counter',
    labels: ['protocol', 'function', 'code'],
    help: 'Calls that have ended, by how: ok or the code of the fault. Requests that came to no call count as function (none), names that are no function as (unknown).',
  },
  polywire_call_duration_seconds: {
    type: 'histogram',
    labels: ['protocol', 'function'],
    help: 'Seconds that calls of known functions took, from admission to the written result.',
  },
  polywire_calls_in_flight: {
    type: 'gauge',
    labels: ['protocol'],
    help: 'Calls that wait for a handler, a credential or a count.',
  },
  polywire_refusals_total: {
    type: 'counter',
    labels: ['protocol', 'gate'],
    help: 'Requests and calls that a gate has refused, by the gate.',
  },
  polywire_quota_refusals_total: {
    type: 'counter',
    labels: ['protocol', 'subject', 'code'],
    help: 'Calls refused by a quota, by whose it is (key, token, user, address) and by its code.',
  },
  polywire_http_responses_total: {
    type: 'counter',
    labels: ['protocol', 'status'],
    help: 'Answers by their HTTP status.',
  },
  polywire_request_bytes_total: {
    type: 'counter',
    labels: ['protocol'],
    help: 'Bytes of the bodies of requests that were carried out.',
  },
  polywire_response_bytes_total: { type: 'counter', labels: ['protocol'], help: 'Bytes of the bodies of answers.' },
  polywire_connections_open: { type: 'gauge', labels: [], help: 'Open connections.' },
  polywire_store_operation_seconds: {
    type: 'histogram',
    labels: ['operation'],
    help: 'Seconds that operations of the store took, by table and operation.',
  },
  polywire_store_failures_total: {
    type: 'counter',
    labels: ['operation'],
    help: 'Operations of the store that could not be carried out; names that are taken do not count.',
  },
  polywire_audit_queue_records: {
    type: 'gauge',
    labels: [],
    help: 'Audit records and events that wait to be written.',
  },
  polywire_audit_lost_total: {
    type: 'counter',
    labels: [],
    help: 'Audit records and events that were given up because the store was away for too long or refused them.',
  },
  polywire_build_info: { type: 'gauge', labels: ['version', 'node'], help: 'Always 1; its labels say what runs.' },
} as const satisfies Readonly<Record<string, Metric>>;

/** The name of a metric of our own. */
export type MetricName = keyof typeof metrics;

/** A metric of our own with its values. */
export function family(name: MetricName, values: readonly Sample[]): Family {
  const { help, type } = metrics[name];
  return { name, help, type, aggregator: name === 'polywire_build_info' ? 'first' : 'sum', values };
}

/** A histogram of our own with its values. */
export function histogram(name: MetricName, bounds: readonly number[], buckets: readonly Buckets[]): Family {
  return { ...family(name, []), bounds, buckets };
}
