import { request } from 'node:http';
import { expect } from 'chai';
import { createServer, define, t } from '../../index.ts';
import { giveBack, lendBytes } from '../../lib/lent-bytes.ts';

const filled = (length: number, byte: number) => (bytes: Buffer) => {
  bytes.fill(byte, 0, length);
  return length;
};

describe('lib/lent-bytes', () => {
  /** Nothing that others gave back is free. */
  beforeEach(() => {
    for (let i = 0; i < 200; i++) lendBytes(1, () => 0);
  });

  it('lends what was written and nothing beside it', () => {
    const secret = lendBytes(100_000, filled(100_000, 0x73));
    giveBack(secret);
    const next = lendBytes(100_000, filled(10, 0x61));
    expect(next.buffer).to.equal(secret.buffer);
    expect(next.toString()).to.equal('a'.repeat(10));
    giveBack(next);
  });

  it('never lends to two at once, nor what is given back twice', () => {
    const one = lendBytes(70_000, filled(70_000, 1));
    const two = lendBytes(70_000, filled(70_000, 2));
    expect(one.buffer).to.not.equal(two.buffer);
    giveBack(one);
    giveBack(one);
    const three = lendBytes(70_000, filled(70_000, 3));
    const four = lendBytes(70_000, filled(70_000, 4));
    expect(new Set([two.buffer, three.buffer, four.buffer]).size).to.equal(3);
    for (const lent of [two, three, four]) giveBack(lent);
  });

  it('leaves bytes of others alone, and keeps no more than its share', () => {
    giveBack(Buffer.from('cached'));
    const large = lendBytes(9_000_000, () => 1);
    giveBack(large);
    expect(lendBytes(9_000_000, () => 1).buffer).to.not.equal(large.buffer);
  });
});

const letters = [...'abcdefghijklmnopqrstuvwxyzäöü'];

describe('long answers', () => {
  it('are each caller’s own, however slowly they are read and whoever hangs up', async () => {
    const repeat = define('test.repeat', {
      description: 'Repeats a letter.',
      effect: 'read',
      params: { letter: t.string(), times: t.int() },
      returns: t.string(),
      handler: ({ letter, times }) => letter.repeat(times),
    });
    const settings = { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['*'] };
    const server = await createServer({ functions: [repeat], settings, log: false });
    const { port } = await server.listen({ port: 0 });
    const ask = (letter: string, times: number, manner: 'fast' | 'slow' | 'leaves') =>
      new Promise<string>((resolve, reject) => {
        const path = `/rest/test.repeat?letter=${encodeURIComponent(letter)}&times=${times}`;
        const asked = request({ port, path, agent: false }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            if (manner === 'leaves') {
              asked.destroy();
              resolve('');
            } else if (manner === 'slow' && chunks.length < 10) {
              answer.pause();
              setTimeout(() => answer.resume(), 10);
            }
          });
          answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()).result as string));
        });
        asked.on('error', reject).end();
      });
    const manners = ['fast', 'slow', 'leaves'] as const;
    for (let round = 0; round < 3; round++) {
      await Promise.all(
        letters.map(async (letter, i) => {
          const manner = manners[(i + round) % 3] as (typeof manners)[number];
          const times = 20_000 + ((i * 7919 + round) % 40) * 50_000;
          const text = await ask(letter, times, manner);
          if (manner !== 'leaves') expect(text === letter.repeat(times), `${letter} ${times}`).to.equal(true);
        }),
      );
    }
    await server.close(100);
  });
});
