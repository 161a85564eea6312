import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { nobody } from '../../../lib/auth/identity.ts';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import { createOnce } from '../../../lib/idempotency/create-once.ts';
import { readSettings } from '../../../lib/settings.ts';
import { openStore } from '../../../lib/store/open.ts';
import { rejected } from '../caught.ts';

const Made = t.object('Made', { id: t.int64(), at: t.datetime(), photo: t.bytes(), note: t.optional(t.string()) });
const make = define('things.make', {
  description: 'Makes.',
  effect: 'write',
  returns: Made,
  handler: () => ({ id: 1n, at: new Date(0), photo: new Uint8Array() }),
});
const ana = { ...nobody, user: { id: '1', username: 'ana' } };
const settings = readSettings({});
const value = { id: 2n ** 62n, at: new Date(5), photo: new Uint8Array([0, 255]) };

describe('Idempotency-Key in a database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'once-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('outlives the process, and forgets after a day', async () => {
    const url = `sqlite:${join(folder, 'once.db')}`;
    let time = Date.now();
    const open = () => openStore(url, { now: () => time });
    const never = (): Promise<unknown> => Promise.reject(new Error('must not run again'));

    let store = await open();
    const first = createOnce({ outcomes: store.outcomes });
    await first('k', ana, settings, time)(make, { a: 1 }, async () => value);
    void first('died', ana, settings, time)(make, {}, () => new Promise(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await store.close();

    store = await open();
    const second = createOnce({ outcomes: store.outcomes });
    const held = (await second('k', ana, settings, time)(make, { a: 1 }, never)) as typeof value;
    expect({ ...held, photo: new Uint8Array(held.photo) }).deep.equal(value);
    expect((await rejected(second('k', ana, settings, time)(make, { a: 2 }, never))).code).equal('conflict');
    expect((await rejected(second('died', ana, settings, time)(make, {}, never))).code).equal('conflict');
    time += 86_400_000;
    expect(await second('k', ana, settings, time)(make, { a: 2 }, async () => value)).equal(value);
    await store.close();
  });
});
