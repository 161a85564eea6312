import { expect } from 'chai';
import type { Fault } from '../../../lib/fault.ts';
import type { PartialSettings } from '../../../lib/settings.ts';
import { shareState, storeSettings } from '../../../lib/store/shared.ts';
import { rejected } from '../caught.ts';
import { overDatabases, until } from './databases.ts';

const wrong = { limits: { batch: -1 } } satisfies PartialSettings;
const aService = { name: 's', description: '', enabled: true, restricted: false, functions: [], users: [] };

overDatabases('shared state', (opened) => {
  it('is settings with their defaults, roles and services', async () => {
    const { store } = opened();
    await store.settings.update(() => ({ enablewebservices: true }));
    const shared = await shareState(store);
    const { settings, roles, services, revision } = shared.current();
    expect(settings.enablewebservices).to.equal(true);
    expect(settings.limits.batch).to.equal(50);
    expect(roles.map(({ name }) => name)).to.deep.equal(['administrator', 'caller']);
    expect(services).to.deep.equal([]);
    expect(revision).to.equal(await store.revision());
    expect(shared.healthy()).to.equal(true);
    shared.close();
  });

  it('follows what another store changes, and tells of it', async () => {
    const { store, another } = opened();
    const other = await another();
    const shared = await shareState(store);
    const told: number[] = [];
    const stop = shared.onChange(({ services }) => told.push(services.length));
    await other.services.create(aService);
    await until(() => shared.current().services.length === 1);
    expect(told).to.deep.equal([1]);
    stop();
    await other.services.create({ ...aService, name: 't' });
    await until(() => shared.current().services.length === 2);
    expect(told).to.deep.equal([1]);
    shared.close();
  });

  it('has what was written before it was asked to refresh, however many ask', async () => {
    const { store } = opened();
    const shared = await shareState(store);
    const made = [];
    for (let i = 0; i < 5; i++) {
      await store.services.create({ ...aService, name: `s${i}` });
      made.push(shared.refresh().then(({ services }) => services.length >= i + 1));
    }
    expect(await Promise.all(made)).to.deep.equal([true, true, true, true, true]);
    shared.close();
  });

  it('keeps the last good settings when those stored become wrong, and the rest follows', async () => {
    const { store } = opened();
    const problems: Fault[] = [];
    const shared = await shareState(store, { onProblem: (fault) => problems.push(fault) });
    await store.settings.update(() => wrong);
    await store.services.create(aService);
    const { settings, services } = await shared.refresh();
    expect(settings.limits.batch).to.equal(50);
    expect(services).to.have.length(1);
    expect(problems.map(({ code }) => code)).to.include('invalid-params');
    expect(shared.healthy()).to.equal(true);
    shared.close();
  });

  it('does not begin with settings that are wrong', async () => {
    const { store } = opened();
    await store.settings.update(() => wrong);
    const fault = await rejected(shareState(store));
    expect(fault.issues.map(({ path }) => path)).to.deep.equal(['limits/batch']);
  });
});

overDatabases('settings in a store', (opened) => {
  it('are changed for all, on top of what is held', async () => {
    const { store, another } = opened();
    const [one, two] = [await shareState(store), await shareState(await another())];
    const [first, second] = [storeSettings(store, one), storeSettings(await another(), two)];
    await first.update(() => ({ limits: { batch: 5 } as never, documents: 'authenticated' }));
    await second.update(({ limits }) => ({ limits: { list: limits.batch } as never }));
    expect(second.current().limits.batch).to.equal(5);
    expect(second.current().limits.list).to.equal(5);
    await until(() => first.current().limits.list === 5);
    expect(first.current().documents).to.equal('authenticated');
    expect(await store.settings.read()).to.deep.equal({ limits: { batch: 5, list: 5 }, documents: 'authenticated' });
    first.close();
    second.close();
  });

  it('are not changed to wrong ones', async () => {
    const { store } = opened();
    const shared = await shareState(store);
    const settings = storeSettings(store, shared);
    const before = await store.revision();
    const fault = await rejected(settings.update(() => wrong as never));
    expect(fault.code).to.equal('invalid-params');
    expect(await store.settings.read()).to.deep.equal({});
    expect(await store.revision()).to.equal(before);
    settings.close();
  });

  it('can be mended when they were wrong', async () => {
    const { store } = opened();
    const shared = await shareState(store);
    const settings = storeSettings(store, shared);
    await store.settings.update(() => ({ ...wrong, documents: 'authenticated' }));
    await settings.update(() => ({ limits: { batch: 7 } as never }));
    expect(settings.current().limits.batch).to.equal(7);
    expect(settings.current().documents).to.equal('authenticated');
    settings.close();
  });
});
