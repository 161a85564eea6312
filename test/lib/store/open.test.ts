import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import pg from 'pg';
import { openStore } from '../../../lib/store/open.ts';
import { rejected } from '../caught.ts';
import { createDatabase, databases, onPostgres, overDatabases } from './databases.ts';
import { aUser } from './records.ts';

describe('opening a store', () => {
  for (const kind of databases) {
    it(`succeeds for all who do so at once on an empty ${kind} database`, async () => {
      const { url, drop } = await createDatabase(kind);
      const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)));
      for (const store of stores) expect(await store.roles.list()).to.have.length(2);
      await Promise.all(stores.map((store) => store.close()));
      await drop();
    });
  }

  it('is not disturbed by others who make and drop tables of theirs in the same database', async function () {
    if (!databases.includes('postgres')) this.skip();
    const made = Array.from({ length: 40 }, (_, index) => `create table churn.t${index} (a serial, b text)`);
    let opening = true;
    const churn = async () => {
      while (opening) {
        await onPostgres(`create schema churn; ${made.join(';')}`);
        await onPostgres('drop schema churn cascade');
      }
    };
    const opened = async () => {
      const { url, drop } = await createDatabase('postgres');
      const store = await openStore(url).finally(drop);
      await store.close();
    };
    const churned = churn();
    try {
      for (let turn = 0; turn < 20; turn += 1) await opened();
    } finally {
      opening = false;
      await churned;
    }
  });

  it('refuses URLs of other kinds', async () => {
    for (const url of ['', 'sqlite:', 'mysql://a', 'polywire.db', 'sqlite:?x', 'libsql://host']) {
      expect((await rejected(openStore(url))).code, url).to.equal('invalid-params');
    }
  });

  it('refuses a server that does not answer, and tells no password', async () => {
    const fault = await rejected(openStore('postgres://ana:s3cret@127.0.0.1:9/here'));
    expect([fault.code, fault.gate]).to.deep.equal(['unavailable', 'store']);
    expect(fault.message).to.equal('PostgreSQL at 127.0.0.1:9/here does not answer');
  });

  it('gives the error of a server that refuses for a reason of its own', async function () {
    if (!databases.includes('postgres')) this.skip();
    const { url, drop } = await createDatabase('postgres');
    const target = new URL(url);
    target.searchParams.set('options', '-cwork_mem=nonsense');
    const fault = await rejected(openStore(target.href));
    expect(fault.message).to.match(/^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ answers with the error 22023$/);
    await drop();
  });

  it('keeps what is in memory in one store', async () => {
    const store = await openStore('sqlite::memory:');
    const { id } = await store.users.create(aUser('ana'));
    expect((await store.users.find(id))?.username).to.equal('ana');
    const other = await openStore('sqlite::memory:');
    expect(await other.users.count()).to.equal(0);
    await Promise.all([store.close(), other.close()]);
  });
});

describe('opening a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polywire-open-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets nobody but its owner read what is made', async function () {
    if (process.platform === 'win32') this.skip();
    const store = await openStore(`sqlite:${join(folder, 'a.db')}`);
    await store.users.create(aUser('ana'));
    for (const name of ['a.db', 'a.db-wal', 'a.db-shm']) {
      expect(statSync(join(folder, name)).mode & 0o777, name).to.equal(0o600);
    }
    await store.close();
  });

  it('takes sqlite:///path as well, and keeps what was there', async () => {
    const file = join(folder, 'a.db');
    const first = await openStore(`sqlite:${file}`);
    await first.users.create(aUser('ana'));
    await first.close();
    const second = await openStore(`sqlite://${file}`);
    expect((await second.users.byName('ana'))?.name).to.equal('ana the user');
    await second.close();
  });

  const at = (name: string) => join(folder, name);

  it('says what is wrong with it', async () => {
    writeFileSync(at('no.db'), 'this is no database '.repeat(1_000));
    mkdirSync(at('sub'));
    const foreign = new Libsql(at('foreign.db'));
    foreign.exec('create table users (id integer)');
    foreign.close();
    const locked = new Libsql(at('locked.db'));
    locked.exec('begin exclusive');
    const messages: readonly (readonly [string, RegExp])[] = [
      ['nowhere/a.db', /a\.db cannot be made: there is no folder .*nowhere$/],
      ['no.db/a.db', /a\.db cannot be made: there is no folder .*no\.db$/],
      ['no.db', /no\.db cannot be opened as an SQLite database: it is no file of SQLite’s$/],
      ['foreign.db', /foreign\.db cannot be opened as an SQLite database: it holds tables of something else$/],
      ['locked.db', /locked\.db cannot be opened as an SQLite database: another program has locked it$/],
      ['sub', /sub cannot be opened for writing: it is a folder$/],
    ];
    for (const [name, message] of messages) {
      const fault = await rejected(openStore(`sqlite:${at(name)}`, { patience: 50 }));
      expect([fault.code, fault.gate], name).to.deep.equal(['unavailable', 'store']);
      expect(fault.message).to.match(message);
    }
    locked.close();
  });

  it('says who may not write, and names no path but the one that was given', async function () {
    const { geteuid, seteuid } = process;
    if (geteuid?.() !== 0 || seteuid === undefined) this.skip();
    chmodSync(folder, 0o755);
    for (const name of ['shut', 'fixed']) mkdirSync(at(name));
    writeFileSync(at('theirs.db'), '');
    const fixed = new Libsql(at('fixed/a.db'));
    fixed.exec('create table other (id integer)');
    fixed.close();
    const modes = { 'theirs.db': 0o644, shut: 0o700, 'fixed/a.db': 0o666, fixed: 0o555 };
    for (const [name, mode] of Object.entries(modes)) chmodSync(at(name), mode);
    const messages: readonly (readonly [string, RegExp])[] = [
      ['theirs.db', /^\S+ cannot be opened as an SQLite database: it, or its folder, may not be written$/],
      ['fixed/a.db', /^\S+ cannot be opened as an SQLite database: it, or its folder, may not be written$/],
      ['fixed/b.db', /^\S+ cannot be opened for writing: it, or its folder, may not be written$/],
      ['shut/x/a.db', /^\S+ cannot be opened for writing: it, or its folder, may not be written$/],
    ];
    for (const [name, message] of messages) {
      seteuid.call(process, 65_534);
      const fault = await rejected(openStore(`sqlite:${at(name)}`)).finally(() => seteuid.call(process, 0));
      expect(fault.code, name).to.equal('unavailable');
      expect(fault.message).to.match(message);
    }
  });
});

overDatabases('a store', (opened, kind) => {
  it('refuses a database that a newer one has made', async () => {
    const { url } = opened();
    const statement = `insert into migrations (name, timestamp) values ('9999-future', '2999-01-01T00:00:00.000Z')`;
    if (kind === 'sqlite') {
      const database = new Libsql(url.slice('sqlite:'.length));
      database.exec(statement);
      database.close();
    } else {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(statement);
      await client.end();
    }
    const fault = await rejected(openStore(url));
    expect(fault.code).to.equal('unavailable');
    expect(fault.message).to.equal('The database was made by a newer Polywire (it has 9999-future): update this one');
  });

  it('once closed refuses everything, and closes only once', async () => {
    const { store } = opened();
    await store.close();
    await store.close();
    expect((await rejected(store.users.count())).code).to.equal('unavailable');
    expect((await rejected(store.settings.update(() => ({})))).code).to.equal('unavailable');
    expect((await rejected(store.revision())).message).to.equal('The store is closed');
  });

  it('takes nothing that it could not give back', async () => {
    const { store } = opened();
    for (const odd of [Symbol('x'), { a: 1 }, () => 1, Number.NaN, Infinity]) {
      const user = aUser('ana', { validUntil: odd as never });
      const fault = await rejected(store.users.create(user));
      expect(['invalid-params', 'internal'], String(odd)).to.include(fault.code);
    }
    expect(await store.users.count()).to.equal(0);
  });
});
