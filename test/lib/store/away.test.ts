import { expect } from 'chai';
import Libsql from 'libsql';
import { openStore } from '../../../lib/store/open.ts';
import { type SharedState, shareState } from '../../../lib/store/shared.ts';
import type { Store } from '../../../lib/store/store.ts';
import { leeway } from '../../processes/patience.ts';
import { rejected } from '../caught.ts';
import { createDatabase, databases, overDatabases, type TestDatabase, until } from './databases.ts';
import { createProxy, type Way } from './proxy.ts';
import { aUser } from './records.ts';

const patience = 500;

if (databases.includes('postgres')) {
  describe('a PostgreSQL server that goes away', () => {
    let database: TestDatabase;
    let proxy: Way;
    let store: Store;
    let shared: SharedState;
    let problems: string[];

    beforeEach(async () => {
      database = await createDatabase('postgres');
      const url = new URL(database.url);
      proxy = await createProxy(url.hostname, Number(url.port || 5432));
      url.port = String(proxy.port);
      url.hostname = '127.0.0.1';
      store = await openStore(url.href, { patience });
      problems = [];
      shared = await shareState(store, { onProblem: ({ code }) => problems.push(code) });
    });
    afterEach(async () => {
      shared.close();
      await proxy.close();
      await store.close();
      await database.drop();
    });

    const all = () => [
      store.users.count(),
      store.counters.take('a', 1, 5, Date.now() + 9_999),
      store.nonces.use('s', 'n', Date.now() + 9_999),
      store.settings.update(() => ({})),
      store.audit.event({ time: 1, kind: 'login' }),
      store.revision(),
    ];

    it('is told as unavailable and found again when it is cut off', async () => {
      const listened: number[] = [];
      shared.onChange(({ revision }) => listened.push(revision));
      await Promise.all(all());
      await proxy.cut();
      for (const fault of await Promise.all(all().map(rejected))) {
        expect([fault.code, fault.gate, fault.retryAfter]).to.deep.equal(['unavailable', 'store', 5]);
      }
      await until(() => !shared.healthy());
      expect(problems).to.deep.equal(['unavailable']);
      expect(shared.current().roles).to.have.length(2);
      const other = await openStore(database.url);
      await other.services.create({
        name: 's',
        description: '',
        enabled: true,
        restricted: false,
        functions: [],
        users: [],
      });
      await other.close();
      await proxy.restore();
      await until(() => shared.healthy() && shared.current().services.length === 1);
      expect(await store.users.count()).to.equal(0);
      expect(problems).to.deep.equal(['unavailable']);
    });

    it('is told as unavailable within its patience when it no longer answers', async () => {
      await Promise.all(all());
      proxy.block();
      const begin = performance.now();
      for (const fault of await Promise.all(all().map(rejected))) expect(fault.code).to.equal('unavailable');
      expect(performance.now() - begin).to.be.below(4 * patience);
      await until(() => !shared.healthy(), 4_000);
      await proxy.restore();
      await until(() => shared.healthy(), 4_000);
      expect(await store.users.count()).to.equal(0);
    });

    it('tells the listener again after it came back', async () => {
      await proxy.cut();
      await until(() => !shared.healthy());
      await proxy.restore();
      await until(() => shared.healthy());
      const other = await openStore(database.url);
      for (const username of ['ana', 'bo']) {
        const before = shared.current().revision;
        await other.users.create(aUser(username));
        await until(() => shared.current().revision === before + 1);
      }
      await other.close();
    });
  });
}

describe('an SQLite file that another holds', () => {
  it('is waited for without holding the event loop, then told as unavailable, and found again', async () => {
    const { url, drop } = await createDatabase('sqlite');
    const store = await openStore(url, { patience });
    const other = new Libsql(url.slice('sqlite:'.length));
    other.exec('begin immediate');
    let longest = 0;
    let last = performance.now();
    const ticks = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const write = rejected(store.users.create(aUser('ana')));
    expect(await store.users.count(), 'reads go on').to.equal(0);
    const fault = await write;
    clearInterval(ticks);
    expect([fault.code, fault.gate, fault.retryAfter]).to.deep.equal(['unavailable', 'store', 5]);
    expect(longest).to.be.below(200 * leeway());
    other.exec('rollback');
    expect((await store.users.create(aUser('ana'))).username).to.equal('ana');
    other.exec('begin immediate');
    setTimeout(() => other.exec('rollback'), patience / 2);
    expect((await store.users.create(aUser('bo'))).username).to.equal('bo');
    other.close();
    await store.close();
    await drop();
  });

  it('is told once by the watch, which goes on when it can be read again', async () => {
    const { url, drop } = await createDatabase('sqlite');
    const store = await openStore(url, { patience });
    const shared = await shareState(store, { onProblem: ({ code }) => problems.push(code) });
    const problems: string[] = [];
    const broken = new Libsql(url.slice('sqlite:'.length));
    broken.exec('alter table marks rename to gone');
    await until(() => !shared.healthy());
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(problems).to.have.length(1);
    expect(shared.current().roles).to.have.length(2);
    broken.exec('alter table gone rename to marks');
    await until(() => shared.healthy());
    broken.close();
    shared.close();
    await store.close();
    await drop();
  });
});

overDatabases('a store under many writers', (opened) => {
  it('loses no write of two stores', async () => {
    const { store, another } = opened();
    const other = await another();
    const writes = Array.from({ length: 60 }, (_, i) => (i % 2 ? store : other).users.create(aUser(`u${i}`)));
    await Promise.all(writes);
    expect(await store.users.count()).to.equal(60);
    expect(await store.revision()).to.equal(61);
  });
});
