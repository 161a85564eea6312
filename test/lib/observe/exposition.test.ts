import { expect } from 'chai';
import { exposition } from '../../../lib/observe/exposition.ts';
import { type Family, family, type Sample, type Snapshot } from '../../../lib/observe/families.ts';
import { Observer } from '../../../lib/observe/observer.ts';
import { StoreTimes } from '../../../lib/observe/store-times.ts';
import { lasting, sum } from '../../../lib/observe/sum.ts';
import { readMetrics, valuesOf } from './read-metrics.ts';

const calls = (code: string, value: number): Sample => ({ labels: { protocol: 'rest', function: 'a', code }, value });
const snapshot = (value: number, open: number): Snapshot => [
  family('polywire_calls_total', [calls('ok', value), calls(`c${value}`, 1)]),
  family('polywire_connections_open', [{ labels: {}, value: open }]),
  family('polywire_build_info', [{ labels: { version: '1', node: '20' }, value: 1 }]),
];

describe('lib/observe/exposition', () => {
  for (const [accept, open] of [
    ['', false],
    ['*/*', false],
    ['text/plain', false],
    ['text/html,application/xhtml+xml,*/*;q=0.8', false],
    ['application/openmetrics-text', true],
    ['application/openmetrics-text; version=1.0.0; charset=utf-8', true],
    ['application/openmetrics-text;version=0.0.1', false],
    [
      'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      true,
    ],
    ['text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5', false],
    ['application/openmetrics-text;q=0', false],
    ['APPLICATION/OPENMETRICS-TEXT', true],
    [','.repeat(20_000), false],
    ['application/openmetrics-text;q=abc', false],
  ] as const) {
    it(`answers ${accept.slice(0, 100) || 'no Accept'} with ${open ? 'OpenMetrics' : 'text'}`, async () => {
      const { contentType, body } = await exposition(snapshot(1, 2), accept);
      expect(contentType).match(
        open ? /^application\/openmetrics-text; version=1.0.0; / : /^text\/plain; version=0.0.4; /,
      );
      const families = readMetrics(body, open ? 'open' : 'text');
      expect(families.get(open ? 'polywire_calls' : 'polywire_calls_total')?.samples[0]).eql({
        name: 'polywire_calls_total',
        labels: { protocol: 'rest', function: 'a', code: 'ok' },
        value: 1,
      });
    });
  }

  it('adds up what can be added, and says once what is the same', async () => {
    const families = readMetrics((await exposition(await sum([snapshot(1, 2), snapshot(10, 20)]), '')).body);
    expect(valuesOf(families, 'polywire_calls_total', ['code'])).eql({ ok: 11, c1: 1, c10: 1 });
    expect(valuesOf(families, 'polywire_connections_open', [])).eql({ '': 22 });
    expect(valuesOf(families, 'polywire_build_info', ['version'])).eql({ 1: 1 });
  });

  it('adds up histograms bucket by bucket, also of labels that one process alone has', async () => {
    const of = (...durations: readonly (readonly [operation: string, milliseconds: number])[]): Snapshot => {
      const times = new StoreTimes();
      for (const [operation, milliseconds] of durations) times.of(operation)(milliseconds, milliseconds > 100);
      return times.families();
    };
    const one = of(['keys.find', 0.05], ['users.find', 3]);
    const other = of(['keys.find', 1e9], ['audit.write', 300]);
    for (const accept of ['', 'application/openmetrics-text']) {
      const { body } = await exposition(await sum([one, other]), accept);
      const families = readMetrics(body, accept === '' ? 'text' : 'open');
      const name = 'polywire_store_operation_seconds';
      expect(valuesOf(families, name, ['operation'], '_count')).eql({
        'keys.find': 2,
        'users.find': 1,
        'audit.write': 1,
      });
      const buckets = valuesOf(families, name, ['operation', 'le'], '_bucket');
      expect(buckets).deep.include({ 'keys.find 0.0001': 1, 'keys.find +Inf': 2, 'users.find 0.0025': 0 });
      expect(buckets[accept === '' ? 'keys.find 5' : 'keys.find 5.0']).equal(1);
      expect(valuesOf(families, name, ['operation'], '_sum')['keys.find']).closeTo(1e6, 1);
    }
  });

  it('writes what is odd as the formats have it', async () => {
    const gauge = (values: readonly Sample[]): Family => ({
      name: 'odd_values',
      help: 'A \\ and a\nline, "quoted".',
      type: 'gauge',
      aggregator: 'sum',
      values,
    });
    const odd = gauge([
      { labels: { a: 'x"y\\z\n' }, value: 1e-7 },
      { labels: { a: '' }, value: 1e21 },
      { labels: { a: 'n' }, value: Number.NaN },
      { labels: { a: 'i' }, value: Number.NEGATIVE_INFINITY },
    ]);
    const bare: Family = {
      ...gauge([]),
      name: 'bare',
      type: 'histogram',
      bounds: [1],
      buckets: [{ labels: {}, counts: [1, 2], sum: 9 }],
    };
    const { body } = await exposition([odd, bare], '');
    const families = readMetrics(body);
    expect(body).contain('# HELP odd_values A \\\\ and a\\nline, "quoted".\n');
    expect(families.get('odd_values')?.samples.map(({ labels, value }) => [labels['a'], value])).eql([
      ['x"y\\z\n', 1e-7],
      ['', 1e21],
      ['n', Number.NaN],
      ['i', Number.NEGATIVE_INFINITY],
    ]);
    expect(valuesOf(families, 'bare', ['le'], '_bucket')).eql({ 1: 1, '+Inf': 3 });
    const open = (await exposition([odd, bare], 'application/openmetrics-text')).body;
    expect(open).contain('\\nline, \\"quoted\\".\n');
    readMetrics(open, 'open');
  });

  it('keeps of processes that have ended what only grows', async () => {
    const families = readMetrics((await exposition(await sum([snapshot(1, 2), lasting(snapshot(10, 20))]), '')).body);
    expect(valuesOf(families, 'polywire_calls_total', ['code'])['ok']).equal(11);
    expect(valuesOf(families, 'polywire_connections_open', [])).eql({ '': 2 });
  });

  it('writes all that a process has in both formats, and after a way as JSON to another process', async () => {
    const observer = new Observer('1.2.3');
    observer.begin();
    observer.traffic.of('rest').answered(200, 10);
    observer.store.of('keys.find')(3, false);
    const own = await observer.snapshot();
    const told = JSON.parse(JSON.stringify(own)) as readonly Family[];
    expect(told, 'plain data').eql(own);
    for (const accept of ['', 'application/openmetrics-text']) {
      const families = readMetrics(
        (await exposition(await sum([own, told]), accept)).body,
        accept === '' ? 'text' : 'open',
      );
      expect(valuesOf(families, 'polywire_store_operation_seconds', ['operation'], '_count')).eql({ 'keys.find': 2 });
      expect(families.has('nodejs_eventloop_lag_p99_seconds')).equal(true);
      expect(families.has('process_resident_memory_bytes')).equal(true);
    }
  });

  it('gives no numbers rather than wrong ones where the other processes do not answer', async () => {
    const observer = new Observer('1', { offer: () => {}, all: () => Promise.reject(new Error('away')) });
    const failure = await observer.page().then(
      () => undefined,
      (reason: Error) => reason.message,
    );
    expect(failure).equal('away');
  });
});
