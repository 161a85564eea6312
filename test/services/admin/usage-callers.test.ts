import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import type { AuditRecord } from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';
import { overDatabases } from '../../access/databases.ts';
import { type House, openHouse } from '../../access/house.ts';
import { rejected } from '../../lib/caught.ts';

const start = Date.UTC(2026, 0, 1);

const call = (more: Partial<AuditRecord>): AuditRecord => ({
  time: start,
  requestId: 'r',
  function: 'shop.order',
  protocol: 'rest',
  address: '10.1.2.3',
  code: 'ok',
  duration: 1,
  ...more,
});

interface Series {
  readonly recorded_since?: Date;
  readonly audit_days: number;
  readonly total: { readonly calls: number; readonly errors: number };
  readonly groups: readonly {
    readonly name: string;
    readonly kind?: string;
    readonly label?: string;
    readonly calls: number;
  }[];
}

overDatabases('usage by callers and functions', (kind) => {
  let house: House;
  let store: Store;
  before(async () => {
    house = await openHouse({ kind, settings: { audit: { days: 90 } } });
    store = await openStore(house.database);
  });
  after(async () => {
    await store.close();
    await house.close();
  });

  it('tells users and keys apart, and what keys are called', async () => {
    const { key } = await house.admin<{ readonly key: { readonly id: string } }>('create_key', { name: 'Till' });
    const { id } = key;
    await store.audit.write([
      call({ user: id }),
      call({ client: id }),
      call({ client: id, code: 'forbidden' }),
      call({ client: 'gone' }),
      call({ client: id, user: 'ana' }),
    ]);
    const times = { since: new Date(start), until: new Date(start + 1) };
    const found = await house.admin<Series>('usage_series', { ...times, by: 'caller' });
    const named = found.groups.map(({ name, kind, label, calls }) => [kind, name, label, calls]);
    expect(named).have.deep.members([
      ['key', id, 'Till', 2],
      ['user', id, undefined, 1],
      ['key', 'gone', undefined, 1],
      ['user', 'ana', undefined, 1],
    ]);
    const refused = await house.admin<Series>('usage_series', { ...times, failed: true });
    expect(refused.total).include({ calls: 1, errors: 1 });
    expect(await house.admin<readonly object[]>('audit', { ...times, failed: true })).lengthOf(1);
    expect((await house.admin<string>('usage_csv', { ...times, failed: true })).split('\r\n')).lengthOf(3);
  });

  it('tells since when there are records, and how long they are kept', async () => {
    const { recorded_since: oldest, audit_days: days } = await house.admin<Series>('usage_series');
    expect(oldest).eql(new Date(start));
    expect(days).equal(90);
  });

  it('leaves out what came over no protocol where that is wanted', async () => {
    const at = start + 500_000;
    await store.audit.write(['console', 'internal', 'soap'].map((protocol) => call({ time: at, protocol })));
    const range = { since: new Date(at), until: new Date(at + 1) };
    const calls = async (more: object) =>
      (await house.admin<Series>('usage_series', { ...range, ...more })).total.calls;
    expect([await calls({}), await calls({ wire: true }), await calls({ wire: false })]).eql([3, 1, 3]);
    expect(await house.admin<readonly object[]>('audit', { ...range, wire: true })).lengthOf(1);
  });

  it('counts functions bucket by bucket where a step is given', async () => {
    type Counted = readonly { readonly function: string; readonly series?: readonly number[] }[];
    const at = start + 1_000_000;
    await store.audit.write([0, 1, 1, 4].map((i) => call({ time: at + i * 60_000, function: 'shop.drawn' })));
    const range = { since: new Date(at), until: new Date(at + 300_000) };
    const drawn = await house.admin<Counted>('usage_functions', { ...range, step: 60 });
    expect(drawn.map(({ function: name, series }) => [name, series])).eql([['shop.drawn', [1, 2, 0, 0, 1]]]);
    expect((await house.admin<Counted>('usage_functions', range))[0]).not.have.property('series');
    const tooMany = await rejected(
      house.admin('usage_functions', { ...range, until: new Date(at + 500_000), step: 1 }),
    );
    expect(tooMany.issues[0]?.path).equal('step');
  });
});
