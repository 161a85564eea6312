import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Fault } from '../../lib/fault.ts';
import { fileSettings } from '../../lib/file-settings.ts';
import type { SettingsStore } from '../../lib/settings.ts';
import { caught, rejected } from './caught.ts';

const folder = mkdtempSync(join(tmpdir(), 'polywire-settings-'));
const stores: SettingsStore[] = [];
const problems: Fault[] = [];
let count = 0;

function fresh(text?: string): string {
  const file = join(folder, `settings-${++count}.json`);
  if (text !== undefined) writeFileSync(file, text);
  return file;
}

function open(file: string): SettingsStore {
  const store = fileSettings(file, (fault) => problems.push(fault));
  stores.push(store);
  return store;
}

const addFunction = (store: SettingsStore, name: string) =>
  store.update(({ enabledwsfunctions }) => ({ enabledwsfunctions: [...enabledwsfunctions, name] }));

describe('lib/file-settings', () => {
  afterEach(() => {
    for (const store of stores.splice(0)) store.close();
    problems.length = 0;
  });
  after(() => rmSync(folder, { recursive: true }));

  it('takes a missing file for one with nothing in it', async () => {
    const file = fresh();
    const store = open(file);
    expect(store.current().enablewebservices).equal(false);
    await store.update(() => ({ enablewebservices: true }));
    expect(JSON.parse(readFileSync(file, 'utf8'))).eql({ enablewebservices: true });
  });

  it('refuses a broken file at the start', () => {
    expect(caught(() => open(fresh('{'))).message).contain('is not JSON');
    expect(caught(() => open(fresh('{"limits":{"batch":"many"}}'))).issues[0]?.path).equal('limits/batch');
    expect(caught(() => open(fresh('[]'))).code).equal('invalid-params');
    expect(caught(() => open(folder)).message).contain('cannot be read');
  });

  it('reads the file again within a second, and keeps the last good settings when it is broken', async function () {
    this.timeout(6_000);
    const file = fresh('{"enablewebservices":true}');
    const store = open(file);
    writeFileSync(file, '{"enablewebservices":true,"namespace":"urn:new"}');
    await sleep(1_000);
    expect(store.current().namespace).equal('urn:new');
    writeFileSync(file, '{"enablewebservices":');
    await sleep(1_000);
    expect(store.current()).deep.include({ namespace: 'urn:new', enablewebservices: true });
    expect(problems.map(({ message }) => message).join()).contain('is not JSON');
    writeFileSync(file, '{"namespace":"urn:again"}');
    await sleep(1_000);
    expect(store.current()).deep.include({ namespace: 'urn:again', enablewebservices: false });
  });

  it('keeps both of two changes at once, of one store and of two', async () => {
    const file = fresh('{}');
    const [one, two] = [open(file), open(file)];
    await Promise.all(['a', 'b', 'c'].flatMap((name) => [addFunction(one, `${name}1`), addFunction(two, `${name}2`)]));
    const { enabledwsfunctions } = JSON.parse(readFileSync(file, 'utf8')) as { enabledwsfunctions: string[] };
    expect(enabledwsfunctions).members(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
    expect(readdirSync(folder).filter((name) => /\.lock$|\.new$/.test(name))).eql([]);
  });

  it('writes only what was set, defaults left out', async () => {
    const file = fresh('{"limits":{"batch":3}}');
    const store = open(file);
    await store.update(() => ({ enablewebservices: true }));
    expect(JSON.parse(readFileSync(file, 'utf8'))).eql({ limits: { batch: 3 }, enablewebservices: true });
    await store.update(() => ({ limits: { body: 9 } }));
    expect(store.current().limits).deep.include({ batch: 3, body: 9 });
  });

  it('leaves file and settings as they were when a change is wrong or throws', async () => {
    const file = fresh('{"namespace":"urn:a"}');
    const store = open(file);
    await rejected(store.update(() => ({ namespace: '' })));
    const thrown = await store
      .update(() => {
        throw new Error('mine');
      })
      .catch((error: Error) => error.message);
    expect(thrown).equal('mine');
    expect(readFileSync(file, 'utf8')).equal('{"namespace":"urn:a"}');
    expect(store.current().namespace).equal('urn:a');
    await store.update(() => ({ namespace: 'urn:b' }));
    expect(store.current().namespace).equal('urn:b');
  });

  it('breaks the lock of a process that died', async () => {
    const file = fresh('{}');
    writeFileSync(`${file}.lock`, '');
    const old = new Date(Date.now() - 60_000);
    utimesSync(`${file}.lock`, old, old);
    await open(file).update(() => ({ enablewebservices: true }));
    expect(JSON.parse(readFileSync(file, 'utf8'))).eql({ enablewebservices: true });
  });

  it('waits for the lock of another process', async () => {
    const file = fresh('{}');
    writeFileSync(`${file}.lock`, '');
    const change = open(file).update(() => ({ enablewebservices: true }));
    await sleep(100);
    expect(readFileSync(file, 'utf8')).equal('{}');
    rmSync(`${file}.lock`);
    await change;
    expect(JSON.parse(readFileSync(file, 'utf8'))).eql({ enablewebservices: true });
  });
});
