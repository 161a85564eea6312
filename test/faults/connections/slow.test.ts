import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { dialects } from '../../processes/call-over.ts';
import { within } from '../../processes/patience.ts';
import { text, wait } from '../misbehaving.ts';
import { Attacked, checkInterval, record } from './attacked.ts';

const timeout = 1_500;
const many = 200;
const mebibyte = 1_048_576;

describe('200 connections that are slow', function () {
  this.timeout(60_000);
  let attacked: Attacked;
  before(async () => {
    const limits = { headersTimeout: timeout, requestTimeout: timeout, answerTimeout: timeout };
    attacked = await Attacked.start(limits, { execArgv: ['--expose-gc'] });
  });
  after(() => attacked?.stop());
  afterEach(() => attacked.release());

  /** Writes a byte on each every tenth of a second until they are gone. */
  function drip(sockets: readonly Socket[], rest: (i: number) => Buffer): () => void {
    let at = 0;
    const timer = setInterval(() => {
      for (const [i, socket] of sockets.entries()) {
        if (socket.writable) socket.write(rest(i).subarray(at, at + 1));
      }
      at++;
    }, 100);
    return () => clearInterval(timer);
  }

  const callOf = (i: number) =>
    attacked.bytes(dialects[i % dialects.length] ?? 'rest', wait, { text: 'x'.repeat(500), ms: 0 });

  it('to send their headers are closed, and nothing runs', async () => {
    const { ran } = await attacked.health();
    const sockets = await attacked.connectMany(many);
    for (const socket of sockets) socket.resume();
    const stop = drip(sockets, callOf);
    await sleep(500);
    await attacked.expectUnmoved();
    await attacked.expectReleased(timeout + checkInterval + 2_500);
    stop();
    await attacked.expectUnmoved();
    await attacked.expectPrompt();
    expect((await attacked.health()).ran).equal(ran);
  });

  it('to send their bodies are closed, and nothing runs', async () => {
    const { ran } = await attacked.health();
    const sockets = await attacked.connectMany(many);
    const bodyAt = (call: Buffer) => call.indexOf('\r\n\r\n') + 4;
    for (const [i, socket] of sockets.entries()) {
      const call = callOf(i);
      socket.resume().write(call.subarray(0, bodyAt(call)));
    }
    const stop = drip(sockets, (i) => callOf(i).subarray(bodyAt(callOf(i))));
    await sleep(500);
    await attacked.expectUnmoved();
    await attacked.expectReleased(timeout + checkInterval + 2_500);
    stop();
    await attacked.expectUnmoved();
    await attacked.expectPrompt();
    expect((await attacked.health()).ran).equal(ran);
  });

  it('to read their answers are closed, and the memory that these took is free again', async () => {
    const before = (await attacked.health()).held;
    const sockets = await attacked.connectMany(many);
    for (const [i, socket] of sockets.entries()) {
      socket.pause();
      socket.write(attacked.bytes(dialects[i % dialects.length] ?? 'rest', text, { length: 4 * mebibyte }));
      if (i % 4 === 3) await sleep(30);
    }
    const held = (await attacked.health()).held - before;
    expect(held, 'bytes that they hold').above(200 * mebibyte);
    await attacked.expectUnmoved();
    await attacked.expectReleased(timeout + checkInterval + 2_500);
    await attacked.expectUnmoved();
    record('answers that nobody reads', held);
    const isFree = async () => (await attacked.health()).held - before < 16 * mebibyte;
    await within(10_000, 'what they held is free', isFree);
  });

  it('to read, but read on, get all of their answers', async () => {
    const [socket] = await attacked.connectMany(1);
    if (socket === undefined) throw new Error('no connection');
    let came = 0;
    socket.write(attacked.bytes('rest', text, { length: 8 * mebibyte }));
    socket.on('data', (chunk) => {
      came += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 10);
    });
    const end = performance.now() + 30_000;
    while (came < 8 * mebibyte && performance.now() < end) await sleep(50);
    expect(came).above(8 * mebibyte);
    await attacked.expectUnmoved();
  });
});
