import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { dialects } from '../../processes/call-over.ts';
import { within } from '../../processes/patience.ts';
import { hang, text, wait } from '../misbehaving.ts';
import { Attacked } from './attacked.ts';

const many = 50;

describe('connections that are reset', function () {
  this.timeout(60_000);
  let attacked: Attacked;
  before(async () => {
    attacked = await Attacked.start();
  });
  after(async () => {
    await attacked?.expectPrompt();
    await attacked?.stop();
  });
  afterEach(async () => {
    await attacked.expectReleased(3_000);
    await attacked.expectUnmoved();
  });

  /** Lines of the log since some of it was there, of callers who went away. */
  const left = (before: number): number => {
    const lines = attacked.site.log.slice(before).split('\n');
    return lines.filter((line) => /"requestId":"[^"]+"/.test(line) && line.includes('"gate":"caller"')).length;
  };

  for (const dialect of dialects) {
    it(`in the middle of a body run nothing, and are noted, over ${dialect}`, async () => {
      const { ran } = await attacked.health();
      const noted = attacked.site.log.length;
      const sockets = await attacked.connectMany(many);
      const call = attacked.bytes(dialect, wait, { text: 'x'.repeat(100_000), ms: 0 });
      await Promise.all(
        sockets.map(
          (socket) => new Promise((written) => socket.write(call.subarray(0, call.length - 20_000), written)),
        ),
      );
      await sleep(100);
      // it has looked at every connection before it answers a few times: what it has not read, a reset takes back
      for (let i = 0; i < 3; i++) await attacked.health();
      for (const socket of sockets) socket.resetAndDestroy();
      await within(2_000, 'all are noted', async () => left(noted) === many);
      expect((await attacked.health()).ran).equal(ran);
    });

    it(`while a function runs tell it so, over ${dialect}`, async () => {
      const { ran, aborted } = await attacked.health();
      const noted = attacked.site.log.length;
      const sockets = await attacked.connectMany(many);
      for (const socket of sockets) socket.write(attacked.bytes(dialect, hang, {}));
      await within(2_000, 'all run', async () => (await attacked.health()).ran === ran + many);
      for (const socket of sockets) socket.resetAndDestroy();
      await within(2_000, 'all are told', async () => (await attacked.health()).aborted === aborted + many);
      await within(2_000, 'all are noted', async () => left(noted) === many);
    });

    it(`in the middle of an answer are let go of, over ${dialect}`, async () => {
      const sockets = await attacked.connectMany(10);
      for (const socket of sockets) socket.write(attacked.bytes(dialect, text, { length: 4_194_304 }));
      await Promise.all(sockets.map((socket) => new Promise((came) => socket.once('data', came))));
      for (const socket of sockets) socket.resetAndDestroy();
    });
  }
});
