import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import type { AuditRecord } from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';

const mostRecords = 10;

const calls = (from: number, count: number): readonly AuditRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    time: from + i,
    requestId: `r${from + i}`,
    function: 'users.get',
    protocol: 'rest',
    address: '192.0.2.7',
    code: 'ok',
    duration: 1,
  }));

const timesOf = async ({ audit }: Store) => (await audit.find({ limit: 1_000 })).map(({ time }) => time);
const eventsOf = async ({ audit }: Store) => (await audit.events({ limit: 1_000 })).map(({ time }) => time);

async function fill({ audit }: Store): Promise<void> {
  await audit.write(calls(0, 7));
  await audit.write(calls(7, 5));
  for (let time = 0; time < 12; time++) await audit.event({ time, kind: 'login-failed' });
}

describe('store: audit in memory', () => {
  it('keeps the newest records and events only, however many came at once', async () => {
    const store = await openStore('sqlite::memory:', { mostRecords });
    const newest = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    await fill(store);
    expect(await timesOf(store)).deep.equal(newest);
    expect(await eventsOf(store)).deep.equal(newest);
    await store.audit.write(calls(12, 2_500));
    expect(await timesOf(store)).deep.equal(Array.from(newest, (_, i) => 2_511 - i));
    await store.close();
  });

  it('goes on after a cursor whose record is gone', async () => {
    const store = await openStore('sqlite::memory:', { mostRecords });
    await store.audit.write(calls(0, 1));
    const [first] = await store.audit.find({});
    await store.audit.write(calls(1, 20));
    const after = await store.audit.find({ after: first?.id ?? 0, limit: 1_000 });
    expect(after.map(({ time }) => time)).deep.equal([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    await store.close();
  });

  it('is 100,000 long where nothing else is said', async () => {
    const store = await openStore('sqlite::memory:');
    await store.audit.write(calls(0, 100_001));
    const oldest = await store.audit.find({ until: 3, limit: 10 });
    expect(oldest.map(({ time }) => time)).deep.equal([2, 1]);
    await store.close();
  });

  it('does not bound what is in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polywire-audit-'));
    const store = await openStore(`sqlite:${join(folder, 'polywire.db')}`, { mostRecords });
    await fill(store);
    expect(await timesOf(store)).length(12);
    expect(await eventsOf(store)).length(12);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
