/** One line of metrics. */
export interface Read {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A family as a text declares it. */
export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: Read[];
}

const suffixes: Readonly<Record<'text' | 'open', Readonly<Record<string, readonly string[]>>>> = {
  text: { counter: [''], gauge: [''], histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] },
  open: { counter: ['_total'], gauge: [''], histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] },
};

/**
 * Reads Prometheus' text format 0.0.4, or OpenMetrics 1.0.0, and throws at whatever is not so: written after the
 * specifications, and knowing nothing of how the texts are made.
 */
export function readMetrics(text: string, format: 'text' | 'open' = 'text'): ReadonlyMap<string, ReadFamily> {
  const families = new Map<string, ReadFamily>();
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const lines = text.slice(0, -1).split('\n');
  if (format === 'open' && lines.pop() !== '# EOF') throw new Error('there is no # EOF at the end');
  let help: readonly [name: string, text: string] | undefined;
  let family: ReadFamily | undefined;
  for (const line of lines) {
    if (line === '' && format === 'text') continue;
    if (line.startsWith('# HELP ')) {
      const [, name = '', said = ''] = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line) ?? broken(line);
      if (!(format === 'open' ? /^(?:[^\\"]|\\[\\n"])*$/ : /^(?:[^\\]|\\[\\n])*$/).test(said)) broken(line);
      help = [name, said];
    } else if (line.startsWith('# TYPE ')) {
      const [, name = '', type = ''] =
        /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary)$/.exec(line) ?? broken(line);
      if (families.has(name) || help?.[0] !== name) broken(line);
      family = { name, type, help: help?.[1] ?? '', samples: [] };
      families.set(name, family);
    } else {
      if (family === undefined) broken(line);
      const sample = readSample(line);
      const fits = (suffixes[format][family.type] as readonly string[]).some(
        (end) => family?.name + end === sample.name,
      );
      if (!fits) broken(line);
      family.samples.push(sample);
    }
  }
  for (const one of families.values()) check(one, format);
  return families;
}

function broken(line: string): never {
  throw new Error(`not a line of metrics: ${line}`);
}

function readSample(line: string): Read {
  const [, name = '', inner, number = ''] =
    /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\+Inf|-Inf|NaN)$/i.exec(line) ??
    broken(line);
  const labels: Record<string, string> = {};
  let rest = inner ?? '';
  while (rest !== '') {
    const [whole, label = '', value = ''] =
      /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/.exec(rest) ?? broken(line);
    if (Object.hasOwn(labels, label)) broken(line);
    labels[label] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(whole.length);
  }
  return { name, labels, value: Number(number.replace('Inf', 'Infinity')) };
}

function check({ name, type, samples }: ReadFamily, format: 'text' | 'open'): void {
  const seen = new Set<string>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
    if (seen.has(key)) throw new Error(`${key} is there twice`);
    seen.add(key);
    if (type === 'counter' && !(sample.value >= 0)) throw new Error(`${key} is ${sample.value}`);
  }
  if (type === 'histogram') checkHistogram(name, samples, format);
}

function checkHistogram(name: string, samples: readonly Read[], format: 'text' | 'open'): void {
  const groups = new Map<string, Read[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const key = JSON.stringify(Object.entries(labels).sort());
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  for (const [key, group] of groups) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels: { le = '' } }) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)));
    const counts = buckets.map(({ value }) => value);
    const rises = (list: readonly number[]) => list.every((value, i) => i === 0 || value >= (list[i - 1] as number));
    const count = group.find((sample) => sample.name === `${name}_count`)?.value;
    const sum = group.find((sample) => sample.name === `${name}_sum`)?.value;
    if (bounds.at(-1) !== Number.POSITIVE_INFINITY || !rises(bounds) || !rises(counts))
      throw new Error(`${name} ${key}`);
    if (count === undefined || counts.at(-1) !== count || sum === undefined)
      throw new Error(`${name} ${key}: ${count}`);
    if (format === 'open' && buckets.some(({ labels: { le = '' } }) => le !== '+Inf' && !le.includes('.')))
      throw new Error(`${name}: a bound is no canonical number`);
  }
}

/** The values of a family by their labels, in the order given: `rest test.add ok`. */
export function valuesOf(
  families: ReadonlyMap<string, ReadFamily>,
  name: string,
  labels: readonly string[],
  suffix = '',
): Readonly<Record<string, number>> {
  const samples = families.get(name)?.samples.filter((sample) => sample.name === name + suffix) ?? [];
  return Object.fromEntries(
    samples.map((sample) => [labels.map((label) => sample.labels[label] ?? '').join(' '), sample.value]),
  );
}
