import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { callOver, dialects, type Ending } from '../../processes/call-over.ts';
import { within } from '../../processes/patience.ts';
import { Project, type Serving } from '../../services/cli/project.ts';
import { hang, health, wait } from '../misbehaving.ts';
import { expectClean, expectNoted, expectWell } from '../wellbeing.ts';
import { serveMisbehaving } from './served.ts';

const many = 50;

describe(`SIGTERM with ${many} calls in flight`, function () {
  this.timeout(60_000);
  const project = new Project();
  let serving: Serving;
  beforeEach(async () => {
    serving = await serveMisbehaving(project, { deadline: 2_000 });
    await expectWell(serving.url);
  });
  after(() => project.remove());

  /** Calls over every protocol, once all of them run. */
  async function inFlight(call: (dialect: (typeof dialects)[number]) => Promise<Ending>) {
    const calls = Array.from({ length: many }, (_, i) => call(dialects[i % dialects.length] ?? 'rest'));
    await within(5_000, 'all run', async () => {
      const { value } = await callOver(serving.url, 'rest', health, {});
      return (value as { readonly ran: number }).ran === many;
    });
    return Promise.all(calls);
  }

  /** A request that is half written, a connection that says nothing, and one that has been answered. */
  async function bystanders() {
    const { port } = new URL(serving.url);
    const heads = [
      '',
      'POST /jsonrpc HTTP/1.1\r\nHost: loc',
      `GET /rest/proc.open HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    ];
    return Promise.all(
      heads.map(async (head) => {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => {});
        socket.write(head);
        if (head.endsWith('\r\n\r\n')) await once(socket, 'data');
        return socket.resume();
      }),
    );
  }

  async function expectEnd(ended: Promise<unknown>, milliseconds: number): Promise<void> {
    const begin = performance.now();
    await Promise.race([ended, sleep(milliseconds, undefined, { ref: false })]);
    expect(serving.process.exitCode, `ended well, ${performance.now() - begin} ms after the last answer`).equal(0);
    expect(await callOver(serving.url, 'rest', wait, { text: 'x', ms: 0 }).catch(() => 'refused')).equal('refused');
  }

  it('lets all of them finish, takes no other, and ends well', async () => {
    const flying = inFlight((dialect) => callOver(serving.url, dialect, wait, { text: dialect, ms: 1_500 }));
    await sleep(900);
    const sockets = await bystanders();
    const ended = once(serving.process, 'exit');
    serving.process.kill('SIGTERM');
    await sleep(100);
    const later = await callOver(serving.url, 'rest', wait, { text: 'later', ms: 0 }).catch(() => undefined);
    expect(later?.code, 'a call that comes later').oneOf([undefined, 'unavailable']);
    const endings = await flying;
    for (const [i, { code, value }] of endings.entries()) {
      expect([code, value]).deep.equal(['ok', dialects[i % dialects.length]]);
    }
    await expectNoted(serving.stderr, endings);
    await expectEnd(ended, 3_000);
    for (const socket of sockets) socket.destroy();
  });

  it('answers for those that never return, and ends well', async () => {
    const flying = inFlight((dialect) => callOver(serving.url, dialect, hang, {}));
    await sleep(500);
    const ended = once(serving.process, 'exit');
    serving.process.kill('SIGTERM');
    const endings = await flying;
    for (const { code, text } of endings) {
      expect(code).equal('timeout');
      expectClean(text);
    }
    await expectNoted(serving.stderr, endings);
    await expectEnd(ended, 3_000);
  });
});
