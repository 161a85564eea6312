import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aUser } from './records.ts';

overDatabases('a timed store', (opened) => {
  it('tells how long each operation took, and which could not be carried out', async () => {
    const noted: [operation: string, failed: boolean][] = [];
    const times = (operation: string) => (milliseconds: number, failed: boolean) => {
      expect(milliseconds).within(0, 60_000);
      noted.push([operation, failed]);
    };
    const store = await opened().another({ times });
    const { id } = await store.users.create(aUser('ana'));
    expect((await store.users.find(id))?.username).equal('ana');
    expect((await rejected(store.users.create(aUser('ana')))).code, 'an answer, not a failure').equal('conflict');
    expect(await store.counters.take('a', 1, 5, Date.now() + 9_999)).deep.include({ taken: true });
    expect(noted).eql([
      ['users.create', false],
      ['users.find', false],
      ['users.create', false],
      ['counters.take', false],
    ]);
    await store.close();
    expect((await rejected(store.users.count())).code).equal('unavailable');
    expect(noted.at(-1)).eql(['users.count', true]);
  });

  it('has all that the store has', async () => {
    const { store, another } = opened();
    const timed = await another({ times: () => () => {} });
    for (const [name, table] of Object.entries(store)) {
      const own: unknown = timed[name as keyof typeof timed];
      expect(typeof own, name).equal(typeof table);
      if (typeof table === 'object') expect(Object.keys(own as object), name).eql(Object.keys(table));
    }
  });
});
