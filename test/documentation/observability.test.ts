import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { createServer } from '../../index.ts';
import { metrics } from '../../lib/observe/families.ts';
import { type ReadFamily, readMetrics } from '../lib/observe/read-metrics.ts';
import { withTable } from './access-tables.ts';
import { repositoryFile } from './repository.ts';

const file = repositoryFile('docs/observability.md');
const example = (name: string) => readFileSync(repositoryFile(`examples/observability/${name}`), 'utf8');

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

/** What a listening server with a database tells. */
async function told(): Promise<ReadonlyMap<string, ReadFamily>> {
  const server = await createServer({ functions: [], database: 'sqlite::memory:', log: false });
  try {
    const { url } = await server.listen({ port: 0 });
    return readMetrics(await (await fetch(`${url}/metrics`)).text());
  } finally {
    await server.close(0);
  }
}

function tableOf(families: readonly ReadFamily[]): string {
  const own: Readonly<Record<string, { readonly labels: readonly string[] }>> = metrics;
  const rows = families.map(({ name, type, help }) => {
    const labels = own[name]?.labels.map((label) => `\`${label}\``).join(' ');
    return `| \`${name}\` | ${type} |${labels === undefined ? '' : ` ${labels} |`} ${help.replaceAll('|', '\\|')} |`;
  });
  const isOwn = families.some(({ name }) => name in own);
  const head = isOwn
    ? '| metric | kind | labels | what it is |\n|---|---|---|---|'
    : '| metric | kind | what it is |\n|---|---|---|';
  return [head, ...rows].join('\n');
}

/** Names and labels of metrics in an expression of Prometheus. */
function namesIn(expr: string): readonly string[] {
  return expr.match(/\b(?:polywire|nodejs|process)_[a-z0-9_]+/g) ?? [];
}

function labelsIn(expr: string): readonly string[] {
  const matchers = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner = '']) => inner.match(/\w+(?==)/g) ?? []);
  const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inner = '']) => inner.split(/,\s*/));
  return [...matchers, ...groups];
}

/** Every label of our own metrics, and those that Prometheus adds. */
const labels = new Set<string>(['instance', 'job', 'le', ...Object.values(metrics).flatMap((one) => [...one.labels])]);

describe('docs/observability.md', () => {
  let families: ReadonlyMap<string, ReadFamily>;
  before(async () => {
    families = await told();
  });

  it('has every metric that a server tells (WRITE_DOCS=1 writes them anew)', () => {
    const all = [...families.values()];
    const own = all.filter(({ name }) => name in metrics);
    expect(own.map(({ name }) => name).sort()).eql(Object.keys(metrics).sort());
    const written = readFileSync(file, 'utf8');
    let whole = withTable(written, 'metrics', tableOf(own));
    // those of the process differ from one system to the other
    if (process.platform === 'linux')
      whole = withTable(whole, 'process metrics', tableOf(all.filter(({ name }) => !(name in metrics))));
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, whole);
    expect(readFileSync(file, 'utf8')).to.equal(whole);
  });

  function known(expr: string): void {
    const names = namesIn(expr);
    expect(names.length + Number(/\bup\{/.test(expr)), expr).at.least(1);
    for (const name of names) {
      const family = families.get(name) ?? families.get(name.replace(/_(?:bucket|sum|count)$/, ''));
      expect(family, `${name} in ${expr}`).not.equal(undefined);
      expect(family?.name === name, `${name} in ${expr}`).equal(family?.type !== 'histogram');
    }
    for (const label of labelsIn(expr)) expect([...labels], expr).include(label);
  }

  it('goes with a dashboard of metrics that there are', () => {
    const { panels } = JSON.parse(example('dashboard.json')) as { readonly panels: readonly Panel[] };
    expect(panels.length).at.least(15);
    const exprs = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    for (const expr of exprs) known(expr);
    const shown = new Set(exprs.flatMap(namesIn).map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
    expect([...shown], 'every metric of our own is on it').include.members(Object.keys(metrics));
  });

  it('goes with alerts on metrics that there are', () => {
    const { groups } = parse(example('alerts.yml')) as {
      readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).at.least(5);
    for (const { expr } of rules) known(expr);
    expect(new Set(rules.map(({ alert }) => alert)).size).equal(rules.length);
  });

  it('prints what the files of the example hold', () => {
    const written = readFileSync(file, 'utf8');
    const block = (language: string) => new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(written)?.[1] ?? '';
    const scrape = (text: string) => (parse(text) as { readonly scrape_configs: unknown }).scrape_configs;
    expect(scrape(block('yaml'))).eql(scrape(example('prometheus.yml')));
    const lines = block('js').trim().split('\n');
    const tracing = example('tracing.mjs');
    for (const line of lines.slice(1)) expect(tracing, line).contain(line);
  });
});
