import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import type { CallRecord } from '../../../lib/log.ts';
import { CallCounts } from '../../../lib/observe/call-counts.ts';
import { exposition } from '../../../lib/observe/exposition.ts';
import { readMetrics, valuesOf } from './read-metrics.ts';

const known = {
  hasFunction: (name: string) => name.startsWith('test.'),
  hasCode: (code: string) => code !== 'made-up',
};

function record(name: string, more: Partial<CallRecord> = {}): CallRecord {
  const nobody = { client: undefined, user: undefined, address: '192.0.2.1' };
  return {
    requestId: 'r',
    protocol: 'rest',
    function: name,
    fault: undefined,
    ended: 0,
    duration: 1,
    ...nobody,
    ...more,
  };
}

async function read(counts: CallCounts) {
  return readMetrics((await exposition(counts.families(), '')).body);
}

describe('lib/observe/call-counts', () => {
  it('counts by protocol, function and code', async () => {
    const counts = new CallCounts(known);
    const fault = new Fault('forbidden', 'No', { gate: 'capability' });
    for (const one of [
      record('test.a'),
      record('test.a'),
      record('test.a', { protocol: 'soap' }),
      record('test.b', { fault }),
      record('test.a'),
    ])
      counts.add(one);
    const families = await read(counts);
    expect(valuesOf(families, 'polywire_calls_total', ['protocol', 'function', 'code'])).eql({
      'rest test.a ok': 3,
      'soap test.a ok': 1,
      'rest test.b forbidden': 1,
    });
    expect(valuesOf(families, 'polywire_refusals_total', ['protocol', 'gate'])).eql({ 'rest capability': 1 });
  });

  it('puts durations where they belong, the bound among them', async () => {
    const counts = new CallCounts(known);
    for (const duration of [0, 0.5, 0.51, 1, 30_000, 30_001]) counts.add(record('test.a', { duration }));
    const families = await read(counts);
    const name = 'polywire_call_duration_seconds';
    const buckets = valuesOf(families, name, ['le'], '_bucket');
    expect(buckets).deep.include({ '0.0005': 2, '0.001': 4, '0.0025': 4, '10': 4, '30': 5, '+Inf': 6 });
    expect(valuesOf(families, name, ['function'], '_count')).eql({ 'test.a': 6 });
    expect(valuesOf(families, name, ['function'], '_sum')['test.a']).closeTo(60.00301, 1e-9);
  });

  it('has as many series after a million names that are none as after one', async () => {
    const counts = new CallCounts(known);
    const fault = new Fault('unknown-function', 'There is no such function', { gate: 'function' });
    const count = async () => [...(await read(counts)).values()].reduce((sum, { samples }) => sum + samples.length, 0);
    counts.add(record('no.such', { fault }));
    counts.add(record('', { fault: new Fault('malformed', 'Not JSON') }));
    const before = await count();
    for (let i = 0; i < 1_000_000; i++) counts.add(record(`no.such${i}`, { fault }));
    for (const odd of [
      '__proto__',
      'constructor',
      '(none)',
      '(unknown)',
      'a"b\\c\nd',
      '\u{1f980}',
      'x'.repeat(100_000),
    ])
      counts.add(record(odd, { fault }));
    expect(await count()).equal(before);
    expect(valuesOf(await read(counts), 'polywire_calls_total', ['function', 'code'])).eql({
      '(unknown) unknown-function': 1_000_008,
      '(none) malformed': 1,
    });
  });

  it('counts codes that nobody declared as one, and no more than 200 gates apart', async () => {
    const counts = new CallCounts(known);
    for (let i = 0; i < 1_000; i++) {
      const declared = { number: 1, status: 400 };
      counts.add(record('test.a', { fault: new Fault('made-up', 'x', { gate: `gate${i}`, declared }) }));
    }
    const families = await read(counts);
    expect(valuesOf(families, 'polywire_calls_total', ['code'])).eql({ '(other)': 1_000 });
    const gates = valuesOf(families, 'polywire_refusals_total', ['gate']);
    expect(Object.keys(gates)).length(201);
    expect(gates['(other)']).equal(800);
  });

  it('counts quotas by whose they are, and not where a count could not be had', async () => {
    const counts = new CallCounts(known);
    for (const [code, gate] of [
      ['rate-limited', 'quota:key'],
      ['rate-limited', 'quota:key'],
      ['quota-exceeded', 'quota:user'],
      ['unavailable', 'quota:user'],
      ['rate-limited', 'flood'],
    ] as const)
      counts.add(record('test.a', { fault: new Fault(code, 'x', { gate }) }));
    expect(valuesOf(await read(counts), 'polywire_quota_refusals_total', ['subject', 'code'])).eql({
      'key rate-limited': 2,
      'user quota-exceeded': 1,
    });
  });
});
