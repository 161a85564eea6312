import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { dialects } from '../../processes/call-over.ts';
import { open } from '../../processes/site-functions.ts';
import { Attacked, checkInterval } from './attacked.ts';

const headersTimeout = 2_000;

describe('2,000 connections that never finish their headers', function () {
  this.timeout(60_000);
  let attacked: Attacked;
  before(async () => {
    attacked = await Attacked.start({ headersTimeout, requestTimeout: headersTimeout });
  });
  after(() => attacked?.stop());

  it('are closed within the time for headers and a check, though they never close their side', async () => {
    const sockets = await attacked.connectMany(2_000);
    const begin = performance.now();
    // a quarter says nothing, the others stop after a line, in the middle of a name, before the last line ends
    const heads = dialects.map((dialect) => attacked.bytes(dialect, open, { text: 'x' }).toString('latin1'));
    for (const [i, socket] of sockets.entries()) {
      const head = (heads[i % heads.length] as string).split('\r\n\r\n', 1)[0] as string;
      const lengths = [0, head.indexOf('\r\n') + 2, Math.floor(head.length / 2), head.length + 3];
      socket.resume().write(`${head}\r\n\r\n`.slice(0, lengths[i % 4]));
    }
    await sleep(500);
    expect(attacked.files, 'files while they stand').above(2_000);
    await attacked.expectUnmoved();
    await attacked.expectReleased(headersTimeout + checkInterval + 2_500);
    expect(performance.now() - begin, 'not before their time').above(headersTimeout);
    await attacked.expectUnmoved();
    await attacked.expectPrompt();
  });
});
