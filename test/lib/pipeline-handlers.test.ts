import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Fault } from '../../lib/fault.ts';
import { ending, fn, outcome } from './pipeline-call.ts';

const secret = 'SECRET-4711';
const failures: readonly (readonly [what: string, handler: (params: never, call: never) => unknown])[] = [
  [
    'throws at once',
    () => {
      throw new Error(secret);
    },
  ],
  [
    'throws a text',
    () => {
      throw secret;
    },
  ],
  [
    'throws nothing',
    () => {
      throw undefined;
    },
  ],
  [
    'throws null',
    () => {
      throw null;
    },
  ],
  [
    'throws an object',
    () => {
      throw { message: secret, code: 'conflict' };
    },
  ],
  ['rejects', () => Promise.reject(new Error(secret))],
  ['rejects with a text', () => Promise.reject(secret)],
  [
    'rejects later',
    async () => {
      await sleep(5);
      throw new Error(secret);
    },
  ],
  [
    'is a thenable that throws',
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
      then: () => {
        throw new Error(secret);
      },
    }),
  ],
  [
    'is a thenable whose then throws when looked at',
    () =>
      Object.defineProperty({}, 'then', {
        get: () => {
          throw new Error(secret);
        },
      }),
  ],
  [
    'fails with an error that it has not declared',
    (_: never, call: { fail(code: string): never }) => call.fail('unknown-code'),
  ],
  ['fails with a standard code', (_: never, call: { fail(code: string): never }) => call.fail('constructor')],
];

describe('lib/pipeline handlers', () => {
  for (const [what, handler] of failures) {
    it(`answers internal when a handler ${what}, and hides why`, async () => {
      const ended = await outcome(fn({ handler }));
      if (ended.ok) throw new Error('went well');
      expect(ended.fault.code).equal('internal');
      expect(ended.fault.message).not.contain(secret);
    });
  }

  it('gives up a promise that never settles, and tells the handler', async () => {
    let signal: AbortSignal | undefined;
    const ended = await outcome(
      fn({
        handler: (_: never, call: { signal: AbortSignal }) => {
          signal = call.signal;
          return new Promise(() => {});
        },
      }),
    );
    expect(ended.ok ? 'ok' : ended.fault.code).equal('timeout');
    expect(signal?.aborted).equal(true);
    expect((signal?.reason as Fault | undefined)?.code).equal('timeout');
  });

  it('keeps the deadline of the function where it has one', async () => {
    const slow = {
      handler: async () => {
        await sleep(90);
        return { id: 1 };
      },
    };
    expect(await ending(fn({ ...slow, deadline: 1_000 }))).eql({ code: 'ok', ran: 1 });
    expect(await ending(fn(slow))).eql({ code: 'timeout', ran: 1 });
  });

  it('hears no more of a handler that settles after its answer', async () => {
    const late: unknown[] = [];
    const notice = (reason: unknown) => late.push(reason);
    process.on('unhandledRejection', notice);
    expect(
      await ending(
        fn({
          handler: async () => {
            await sleep(80);
            throw new Error(secret);
          },
        }),
      ),
    ).eql({ code: 'timeout', ran: 1 });
    await sleep(60);
    process.off('unhandledRejection', notice);
    expect(late).eql([]);
  });

  it('takes a thenable that is no promise', async () => {
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
    const thenable = { then: (resolve: (value: unknown) => void) => resolve({ id: 1 }) };
    expect(await ending(fn({ handler: () => thenable }))).eql({ code: 'ok', ran: 1 });
  });

  it('gives handlers who calls and how', async () => {
    let seen: object = {};
    const handler = (
      _: never,
      call: {
        requestId: string;
        protocol: string;
        function: string;
        client: unknown;
        user: unknown;
        functions(): readonly { name: string }[];
      },
    ) => {
      const { requestId, protocol, client, user } = call;
      seen = {
        requestId,
        protocol,
        name: call.function,
        client,
        user,
        listed: call.functions().map(({ name }) => name),
      };
      return { id: 1 };
    };
    await outcome(fn({ handler }));
    expect(seen).eql({
      requestId: 'r',
      protocol: 'test',
      name: 'test.fn',
      client: undefined,
      user: undefined,
      listed: ['test.fn'],
    });
  });

  it('lets a handler take `fail` out of its call', async () => {
    const handler = (_: never, { fail }: { fail(code: string): never }) => fail('bare');
    expect(await ending(fn({ handler }))).eql({ code: 'bare', ran: 1 });
  });
});
