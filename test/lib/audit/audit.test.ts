import { expect } from 'chai';
import { type AuditSink, createAudit } from '../../../lib/audit/audit.ts';
import { Fault } from '../../../lib/fault.ts';
import type { CallRecord } from '../../../lib/log.ts';
import { type PartialSettings, readSettings } from '../../../lib/settings.ts';
import type { AuditRecord, EventRecord } from '../../../lib/store/records.ts';
import type { Audit } from '../../../lib/store/store.ts';

interface Table extends Audit {
  away: Error | undefined;
  readonly batches: (readonly AuditRecord[])[];
  readonly noted: EventRecord[];
  readonly trims: { readonly before: number; readonly cutBefore: number }[];
}

function table(): Table {
  const made: Table = {
    away: undefined,
    batches: [],
    noted: [],
    trims: [],
    write: async (records) => {
      await Promise.resolve();
      if (made.away !== undefined) throw made.away;
      made.batches.push(records);
    },
    event: async (event) => {
      await Promise.resolve();
      if (made.away !== undefined) throw made.away;
      made.noted.push(event);
    },
    trim: async (times) => {
      made.trims.push(times);
      if (made.away !== undefined) throw made.away;
    },
    find: async () => [],
    events: async () => [],
  };
  return made;
}

const away = (): Fault => new Fault('unavailable', 'The store is away');

function called(n = 0, more: Partial<CallRecord> = {}): CallRecord {
  return {
    requestId: `r${n}`,
    protocol: 'rest',
    function: 'things.add',
    fault: undefined,
    client: undefined,
    user: 'ana',
    address: '192.0.2.7',
    ended: performance.now(),
    duration: 1.23456,
    ...more,
  };
}

describe('the audit', () => {
  let store: Table;
  let sink: AuditSink;
  let problems: unknown[];
  let settings = readSettings({});

  function open(given: PartialSettings = {}): void {
    settings = readSettings(given);
    store = table();
    problems = [];
    sink = createAudit({ audit: store }, { settings: () => settings, onProblem: (reason) => problems.push(reason) });
  }
  beforeEach(() => open());
  afterEach(() => sink.close());

  it('writes what comes after a moment in which nothing waited', async () => {
    await sink.flush();
    sink.call(called(1));
    sink.event({ kind: 'login' });
    await sink.flush();
    expect(store.batches.flat()).length(1);
    expect(store.noted).length(1);
  });

  it('notes how calls ended and who made them', async () => {
    const fault = new Fault('forbidden', 'No', { gate: 'capability', cause: new Error('secret') });
    sink.call(called(1));
    sink.call(called(2, { fault, client: 'K1', user: undefined }));
    await sink.flush();
    expect(store.batches).length(1);
    const [good, bad] = store.batches[0] as readonly AuditRecord[];
    expect(good).deep.include({
      requestId: 'r1',
      function: 'things.add',
      protocol: 'rest',
      user: 'ana',
      address: '192.0.2.7',
      code: 'ok',
      duration: 1.235,
    });
    expect(Math.abs((good as AuditRecord).time - Date.now())).below(1_000);
    expect(bad).deep.include({ client: 'K1', user: undefined, code: 'forbidden', gate: 'capability' });
    expect(JSON.stringify(store.batches)).not.contain('secret');
  });

  it('takes what callers choose in a form that every database takes', async () => {
    sink.call(called(1, { function: `a\u0000b${'\u{1F600}'.repeat(500)}`, address: 'x\u0000\ud800' }));
    await sink.flush();
    const { function: name, address } = (store.batches[0] as readonly AuditRecord[])[0] as AuditRecord;
    expect(name)
      .match(/^a\?b/)
      .and.not.match(/[\p{Cc}\p{Cs}]/u);
    expect(name.length).most(100);
    expect(address).equal('x??');
  });

  it('writes by itself, at once after 500 calls and else within about a second', async () => {
    for (let n = 0; n < 1_200; n++) sink.call(called(n));
    expect(store.batches, 'not while the call is answered').length(0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(store.batches.map((batch) => batch.length)).deep.equal([500, 500, 200]);
    sink.call(called());
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(store.batches).length(4);
  });

  it('keeps order and loses nothing while the store is away for a while, and tells once', async () => {
    store.away = away();
    for (let n = 0; n < 700; n++) sink.call(called(n));
    await sink.flush();
    sink.call(called(700));
    await sink.flush();
    expect(problems).length(1);
    store.away = undefined;
    await sink.flush();
    expect(store.batches.flat().map(({ requestId }) => requestId)).deep.equal(
      Array.from({ length: 701 }, (_, n) => `r${n}`),
    );
    store.away = away();
    sink.call(called());
    await sink.flush();
    expect(problems, 'the next outage').length(2);
    store.away = undefined;
  });

  it('drops the oldest beyond 10,000 and tells how many', async () => {
    store.away = away();
    for (let n = 0; n < 10_300; n++) sink.call(called(n));
    await sink.flush();
    expect(sink.state()).deep.equal({ waiting: 10_000, lost: 300 });
    store.away = undefined;
    await sink.flush();
    expect(sink.state(), 'told once, and counted for good').deep.equal({ waiting: 0, lost: 300 });
    const ids = store.batches.flat().map(({ requestId }) => requestId);
    expect([ids.length, ids[0], ids.at(-1)]).deep.equal([10_000, 'r300', 'r10299']);
    expect(problems).length(2);
    expect(String(problems[1])).contain('300 audit records and 0 events');
  });

  it('gives up what the store refuses for good, and goes on', async () => {
    store.away = new Fault('invalid-params', 'A value cannot be stored');
    sink.call(called(1));
    await sink.flush();
    store.away = undefined;
    sink.call(called(2));
    expect(sink.state()).deep.equal({ waiting: 1, lost: 1 });
    await sink.flush();
    expect(store.batches.flat().map(({ requestId }) => requestId)).deep.equal(['r2']);
    expect(problems.map(String).join()).contain('1 audit records');
  });

  it('keeps no calls where none are wanted, events all the same', async () => {
    await sink.close();
    open({ audit: { days: 0 } });
    sink.call(called());
    sink.event({ kind: 'login', actor: 'ana' });
    await sink.flush();
    expect(store.batches).length(0);
    expect(store.noted).length(1);
  });

  it('writes events at once, in order, before calls', async () => {
    for (let n = 0; n < 5; n++) sink.event({ kind: `k${n}` });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(store.noted.map(({ kind }) => kind)).deep.equal(['k0', 'k1', 'k2', 'k3', 'k4']);
    expect(Math.abs((store.noted[0] as EventRecord).time - Date.now())).below(1_000);
  });

  it('tries events again until the store is back', async () => {
    store.away = away();
    sink.event({ kind: 'key-revoked', subject: 'K1' });
    await sink.flush();
    sink.event({ kind: 'login' });
    store.away = undefined;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(store.noted.map(({ kind }) => kind)).deep.equal(['key-revoked', 'login']);
    expect(problems).length(1);
  });

  it('writes all that waits when it closes, and tells of what could not be', async () => {
    sink.call(called(1));
    sink.event({ kind: 'login' });
    await sink.close();
    expect([store.batches.flat().length, store.noted.length]).deep.equal([1, 1]);
    open();
    store.away = away();
    sink.call(called(1));
    sink.event({ kind: 'login' });
    await sink.close();
    expect(String(problems.at(-1))).contain('1 audit records and 1 events');
  });
});
