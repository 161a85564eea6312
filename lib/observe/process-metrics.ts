import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Family, Sample, Snapshot } from './families.ts';

let registry: Registry | undefined;

/**
 * Begins to look at the process itself: memory, processor, collection of garbage, delay of the event loop. Once for all
 * servers of a process, since what watches it is never let go of; not in prom-client's own registry, which is the program's.
 */
export function watchProcess(): void {
  if (registry !== undefined) return;
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
}

/** What is known of the process; nothing before it is watched. */
export async function processMetrics(): Promise<Snapshot> {
  const found = (await registry?.getMetricsAsJSON()) ?? [];
  return (found as unknown as readonly Family[]).filter(isSound).map((one) => ({
    ...one,
    values: one.values.filter(({ value }) => Number.isFinite(value)).map(plain),
  }));
}

/** Not counts that are called totals and can fall: OpenMetrics keeps that name for counters. */
function isSound({ name, type }: Family): boolean {
  return type === 'counter' || !name.endsWith('_total');
}

/** Without what prom-client keeps for exemplars, which does not go from process to process. */
function plain({ labels, metricName, value }: Sample): Sample {
  return metricName === undefined ? { labels, value } : { labels, value, metricName };
}
