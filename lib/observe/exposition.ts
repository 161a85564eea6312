import { AggregatorRegistry, type Counter, Registry } from 'prom-client';
import type { Family, Sample, Snapshot } from './families.ts';

/** A text as it is answered. */
export interface Exposition {
  readonly contentType: string;
  readonly body: string;
}

/** The numbers of several processes as one: counts are added up, of what cannot be added each has its own way. */
export async function sum(snapshots: readonly Snapshot[]): Promise<Snapshot> {
  const [only] = snapshots;
  if (only !== undefined && snapshots.length === 1) return only;
  const registry = AggregatorRegistry.aggregate(snapshots as never) as unknown as Registry;
  return (await registry.getMetricsAsJSON()) as unknown as Snapshot;
}

/** What only grows, of processes that have ended: without it a sum would fall, which reads as a restart of everything. */
export function lasting(snapshot: Snapshot): Snapshot {
  return snapshot.filter(({ type }) => type === 'counter' || type === 'histogram');
}

/** Writes metrics in the text format of Prometheus 0.0.4, or as OpenMetrics 1.0.0 where the caller prefers that. */
export async function exposition(snapshot: Snapshot, accept: string): Promise<Exposition> {
  const open = prefersOpenMetrics(accept);
  const contentType = open ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE;
  const registry = new Registry();
  registry.setContentType(contentType as typeof Registry.PROMETHEUS_CONTENT_TYPE);
  for (const family of snapshot) {
    const written = open ? openFamily(family) : family;
    const metric: unknown = { ...written, get: () => written };
    registry.registerMetric(metric as Counter);
  }
  return { contentType, body: await registry.metrics() };
}

/** OpenMetrics names families of counters without `_total`, and writes bounds of buckets as floats (§ "Numbers"). */
function openFamily(family: Family): Family {
  const name = family.type === 'counter' ? family.name.replace(/_total$/, '') : family.name;
  return { ...family, name, values: family.type === 'histogram' ? family.values.map(canonical) : family.values };
}

function canonical(sample: Sample): Sample {
  const { le } = sample.labels;
  return Number.isInteger(le) ? { ...sample, labels: { ...sample.labels, le: `${le}.0` } } : sample;
}

/** By the weights of Accept (RFC 9110 §12.5.1); version 1.0.0 only, which is the one that we write. */
function prefersOpenMetrics(accept: string): boolean {
  let open = 0;
  let text = 0;
  for (const range of accept.toLowerCase().split(',', 100)) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = Number(parameters.find((part) => part.startsWith('q='))?.slice(2) ?? 1) || 0;
    const version = parameters.find((part) => part.startsWith('version='))?.slice(8) ?? '1.0.0';
    if (type === 'application/openmetrics-text' && version === '1.0.0') open = Math.max(open, weight);
    else if (['text/plain', 'text/*', '*/*'].includes(type)) text = Math.max(text, weight);
  }
  return open > 0 && open >= text;
}
