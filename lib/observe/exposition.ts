import { Turn } from '../turn.ts';
import type { Buckets, Family, Sample, Snapshot } from './families.ts';

/** A text as it is answered. */
export interface Exposition {
  readonly contentType: string;
  readonly body: string;
}

const textType = 'text/plain; version=0.0.4; charset=utf-8';
const openType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Samples that are written between two looks at the clock. */
const together = 100;

/**
 * Writes metrics in the text format of Prometheus 0.0.4, or as OpenMetrics 1.0.0 where the caller prefers that: in turns,
 * since a large catalog has tens of thousands of lines.
 */
export async function exposition(snapshot: Snapshot, accept: string): Promise<Exposition> {
  const open = prefersOpenMetrics(accept);
  const turn = new Turn({ gone: undefined });
  const pieces: string[] = [];
  let written = 0;
  for (const family of snapshot) {
    pieces.push(headOf(family, open));
    for (const lines of linesOf(family, open)) {
      pieces.push(lines);
      if (++written % together === 0 && turn.isOver()) await turn.next();
    }
  }
  if (open) pieces.push('# EOF\n');
  return { contentType: open ? openType : textType, body: pieces.join('') };
}

/** OpenMetrics names families of counters without `_total`, and their samples with it. */
function baseName({ name, type }: Family): string {
  return type === 'counter' ? name.replace(/_total$/, '') : name;
}

function headOf(family: Family, open: boolean): string {
  const name = open ? baseName(family) : family.name;
  const help = family.help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return `# HELP ${name} ${open ? help.replaceAll('"', '\\"') : help}\n# TYPE ${name} ${family.type}\n`;
}

function* linesOf(family: Family, open: boolean): Iterable<string> {
  const name = open && family.type === 'counter' ? `${baseName(family)}_total` : family.name;
  for (const { metricName = name, labels, value } of family.values) {
    yield `${metricName}${labelsText(labels, open)} ${numberText(value)}\n`;
  }
  for (const buckets of family.buckets ?? []) yield histogramLines(name, buckets, family.bounds ?? [], open);
}

/** As Prometheus counts: each bucket has all that lie below its bound. */
function histogramLines(
  name: string,
  { labels, counts, sum }: Buckets,
  bounds: readonly number[],
  open: boolean,
): string {
  const own = labelsText(labels, open);
  const begin = own === '' ? '{' : `${own.slice(0, -1)},`;
  let count = 0;
  let lines = '';
  for (const [i, own] of counts.entries()) {
    count += own;
    lines += `${name}_bucket${begin}le="${boundText(bounds[i] ?? '+Inf', open)}"} ${count}\n`;
  }
  return `${lines}${name}_sum${own} ${numberText(sum)}\n${name}_count${own} ${count}\n`;
}

function labelsText(labels: Sample['labels'], open: boolean): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${name === 'le' ? boundText(value, open) : escaped(`${value}`)}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** OpenMetrics writes bounds as floats (§ "Numbers"). */
function boundText(bound: string | number, open: boolean): string {
  return open && Number.isInteger(bound) ? `${bound}.0` : `${bound}`;
}

function escaped(text: string): string {
  return /[\\\n"]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"') : text;
}

function numberText(value: number): string {
  return Number.isFinite(value) ? `${value}` : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
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
