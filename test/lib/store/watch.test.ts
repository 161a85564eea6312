import { expect } from 'chai';
import { overDatabases, until } from './databases.ts';
import { aUser } from './records.ts';

const nobody = () => {};

overDatabases('watching a store', (opened) => {
  it('tells of changes that another store made, within 2 seconds', async () => {
    const { store, another } = opened();
    const other = await another();
    const seen: number[] = [];
    const stop = store.watch((revision) => seen.push(revision), nobody);
    const before = await store.revision();
    await until(() => seen.includes(before));
    await other.users.create(aUser('ana'));
    await until(() => seen.includes(before + 1));
    await other.users.create(aUser('bo'));
    await until(() => seen.includes(before + 2));
    stop();
  });

  it('tells nothing when nothing has changed, and nothing once stopped', async () => {
    const { store } = opened();
    const seen: number[] = [];
    const stop = store.watch((revision) => seen.push(revision), nobody);
    await until(() => seen.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(seen).to.have.length(1);
    stop();
    await store.users.create(aUser('ana'));
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(seen).to.have.length(1);
  });

  it('ends with the store, without a problem', async () => {
    const { store } = opened();
    const problems: unknown[] = [];
    store.watch(nobody, (reason) => problems.push(reason));
    await store.close();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(problems).to.deep.equal([]);
  });
});
