import { expect } from 'chai';
import { createKey } from '../../../lib/auth/key.ts';
import { UseNotes } from '../../../lib/auth/key-uses.ts';
import { createToken } from '../../../lib/auth/token-making.ts';
import { addUser, now, testCustody } from './memory-custody.ts';

async function setUp() {
  const custody = testCustody();
  const { record: key } = await createKey(custody, { name: 'App' }, now);
  const { record: token } = await createToken(custody, { userId: (await addUser(custody)).id, name: 'T' }, now);
  return { store: custody.store, notes: new UseNotes(custody.store), key, token };
}

describe('auth/key-uses', () => {
  it('writes the latest use of each key and token, many at once', async () => {
    const { store, notes, key, token } = await setUp();
    for (let i = 0; i < 100; i++) notes.key(key.id, now + i, `192.0.2.${i}`);
    notes.token(token.id, now, '192.0.2.7');
    expect((await store.keys.find(key.id))?.lastUsed).equal(undefined);
    await notes.close();
    expect(await store.keys.find(key.id)).include({ lastUsed: now + 99, lastAddress: '192.0.2.99' });
    expect((await store.tokens.list())[0]).include({ lastUsed: now, lastAddress: '192.0.2.7' });
    expect(store.calls.filter((call) => call.endsWith('.touch'))).length(2);
  });

  it('writes by itself within a little more than a second', async () => {
    const { store, notes, key } = await setUp();
    notes.key(key.id, now, '192.0.2.7');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await store.keys.find(key.id))?.lastUsed).equal(now);
  });

  it('keeps what could not be written for later, the newest use of all', async () => {
    const { store, notes, key, token } = await setUp();
    store.away = true;
    notes.key(key.id, now, '192.0.2.7');
    notes.token(token.id, now, '192.0.2.7');
    await notes.flush();
    notes.key(key.id, now + 1, '192.0.2.8');
    await notes.flush();
    store.away = false;
    await notes.close();
    expect((await store.keys.find(key.id))?.lastUsed).equal(now + 1);
    expect((await store.tokens.list())[0]?.lastUsed).equal(now);
  });

  it('holds a bounded number', async () => {
    const { store } = await setUp();
    const written: number[] = [];
    const counting = new UseNotes({
      ...store,
      keys: { ...store.keys, touch: async (uses) => void written.push(uses.length) },
    });
    for (let i = 0; i < 20_000; i++) counting.key(`k${i}`, now, '192.0.2.7');
    await counting.close();
    expect(written).deep.equal([10_000]);
  });
});
