import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import { createDatabase, databases, type TestDatabase } from '../../lib/store/databases.ts';
import { aUser } from '../../lib/store/records.ts';

/** A way to a server from a machine that can vanish: without a word, as when its power fails. */
async function mortal(host: string, port: number) {
  const far: Socket[] = [];
  let gone = false;
  const server = createServer((near) => {
    const other = connect(port, host);
    far.push(other);
    near.on('data', (bytes) => void (gone || other.write(bytes)));
    other.on('data', (bytes) => void (gone || near.write(bytes)));
    near.on('close', () => void (gone || other.destroy()));
    for (const socket of [near, other]) socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    vanish: () => {
      gone = true;
    },
    close: async () => {
      server.close();
      for (const socket of far) socket.destroy();
    },
  };
}

(databases.includes('postgres') ? describe : describe.skip)(
  'a machine that vanishes in the middle of a change',
  function () {
    this.timeout(60_000);
    let database: TestDatabase;
    const closing: (() => Promise<void>)[] = [];
    before(async () => {
      database = await createDatabase('postgres');
    });
    after(async () => {
      for (const close of closing) await close();
      await database.drop();
    });

    it('does not keep the others from changing anything for longer than a statement may take', async () => {
      const patience = 1_000;
      const url = new URL(database.url);
      const way = await mortal(url.hostname, Number(url.port || 5_432));
      const other = await openStore(database.url, { patience });
      url.hostname = '127.0.0.1';
      url.port = String(way.port);
      const lost = await openStore(url.href, { patience });
      closing.push(way.close, other.close, lost.close);
      const change = lost.settings.update((held) => {
        way.vanish(); // it holds the lock of all changes now
        return { ...held, namespace: 'urn:lost' };
      });
      const reason = await change.catch((fault: unknown) => fault);
      expect(reason).include({ code: 'unavailable' });
      const begin = performance.now();
      for (;;) {
        const made = await other.users.create(aUser('ana')).catch(() => undefined);
        if (made !== undefined) break;
        expect(performance.now() - begin, 'milliseconds that others are kept waiting').below(3 * patience);
      }
      expect(await other.settings.read(), 'half a change is none').deep.equal({});
    });
  },
);
