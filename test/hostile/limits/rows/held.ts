import { setTimeout as sleep } from 'node:timers/promises';
import { define, t } from '../../../../index.ts';
import { Line, requestBytes } from '../../../door/wire.ts';
import { leeway } from '../../../processes/patience.ts';
import { bulk, limitFunctions } from '../functions.ts';
import type { Came, Row } from '../row.ts';
import { allOver, type Over, onServer, plainOf, requestOf, send, titleOf } from '../send.ts';
import { bodyPair, filledTo } from './messages.ts';

const half = 1_572_864;

/** Holds half of the room with a request whose body does not come, while something else is sent. */
async function besideHeld(port: number, once: () => Promise<Came>): Promise<Came> {
  const line = new Line(port);
  const request = filledTo(half, 'rest')(requestOf('rest', 'limit.bulk', '"x"'));
  line.write(requestBytes(plainOf(request)).subarray(0, 400));
  await sleep(100);
  try {
    return await once();
  } finally {
    line.socket.destroy();
    await sleep(100);
  }
}

function beside(over: Over) {
  const { name, at: value, change } = bodyPair(over, half, 'limit.bulk');
  return {
    over: titleOf[over],
    at: ({ port }: { readonly port: number }) => besideHeld(port, () => send(port, over, name, value, change?.at)),
    beyond: ({ port }: { readonly port: number }) =>
      besideHeld(port, () => send(port, over, name, value, change?.beyond)),
  };
}

const largeBodies = onServer(
  {
    limit: 'Bytes of bodies beyond the usual limit that are in memory at a time',
    value: { setting: 'limits.largeBodies' },
    code: 'unavailable',
    settings: { limits: { largeBodies: 2 * half } },
    cells: allOver.map(beside),
  },
  [...limitFunctions, bulk],
);

const many = define('limit.many', {
  description: 'Answers more than connections hold by themselves.',
  effect: 'read',
  returns: t.string(),
  handler: () => 'x'.repeat(32_000_000),
});

/** What comes of a long answer that nobody takes for so many milliseconds. */
async function unread(port: number, pause: number): Promise<Came> {
  const line = new Line(port);
  line.socket.pause();
  line.write('GET /rest/limit.many HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await sleep(pause);
  line.socket.resume();
  const [answer] = await line.answers(false, 9_000 * leeway());
  return { status: answer?.body.endsWith('}') ? answer.status : 0 };
}

const answers = onServer(
  {
    limit: 'Milliseconds after which a caller who takes nothing of an answer is cut off',
    value: { setting: 'limits.answerTimeout' },
    code: undefined,
    patient: true,
    settings: { limits: { answerTimeout: 1_500 } },
    cells: [
      { over: 'HTTP', at: ({ port }) => unread(port, 200), beyond: ({ port }) => unread(port, 4_000 * leeway()) },
    ],
  },
  [many],
);

/** Limits on what is held for callers who take their time. */
export const heldRows: readonly Row[] = [largeBodies, answers];
