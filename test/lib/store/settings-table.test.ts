import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { raised } from './records.ts';

overDatabases('settings', (opened) => {
  it('are none at first, then those that were written', async () => {
    const { store } = opened();
    expect(await store.settings.read()).to.deep.equal({});
    const held = { enabledwsprotocols: ['soap'], limits: { batch: 5 } };
    const work = async () => expect(await store.settings.update(() => held)).to.deep.equal(held);
    expect(await raised(store, work)).to.equal(1);
    expect(await store.settings.read()).to.deep.equal(held);
  });

  it('change together: no change of two stores is lost', async () => {
    const { store, another } = opened();
    const other = await another();
    const add = (name: string) => (held: { readonly enabledwsfunctions?: readonly string[] }) => ({
      enabledwsfunctions: [...(held.enabledwsfunctions ?? []), name],
    });
    const names = Array.from({ length: 20 }, (_, i) => `f${i}`);
    await Promise.all(names.map((name, i) => (i % 2 ? store : other).settings.update(add(name))));
    const { enabledwsfunctions } = await store.settings.read();
    expect([...(enabledwsfunctions ?? [])].sort()).to.deep.equal(names.sort());
  });

  it('stay as they were if a change breaks', async () => {
    const { store } = opened();
    await store.settings.update(() => ({ documents: 'authenticated' }));
    const before = await store.revision();
    const broken = store.settings.update(() => {
      throw new Error('no');
    });
    expect((await rejected(broken)).code).to.equal('internal');
    expect(await store.settings.read()).to.deep.equal({ documents: 'authenticated' });
    expect(await store.revision()).to.equal(before);
  });

  it('are taken over once, by the first who tries', async () => {
    const { store, another } = opened();
    const other = await another();
    const tries = ['a', 'b', 'c', 'd'].map((namespace, i) =>
      (i % 2 ? store : other).settings.importOnce({ namespace }),
    );
    const imported = await Promise.all(tries);
    expect(imported.filter(Boolean)).to.have.length(1);
    const { namespace } = await store.settings.read();
    expect(namespace).to.equal('abcd'[imported.indexOf(true)]);
  });

  it('are not taken over once they were written, even if nothing is left', async () => {
    const { settings } = opened().store;
    await settings.update(() => ({}));
    expect(await settings.importOnce({ namespace: 'late' })).to.equal(false);
    expect(await settings.read()).to.deep.equal({});
  });
});
