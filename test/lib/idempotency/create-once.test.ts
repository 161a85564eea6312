import { expect } from 'chai';
import { type Identity, nobody } from '../../../lib/auth/identity.ts';
import { t } from '../../../lib/builders.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import { Fault } from '../../../lib/fault.ts';
import { type BeginOnce, createOnce } from '../../../lib/idempotency/create-once.ts';
import { memoryOutcomes } from '../../../lib/idempotency/memory-outcomes.ts';
import { readSettings } from '../../../lib/settings.ts';
import type { Outcomes } from '../../../lib/store/store.ts';
import { rejected } from '../caught.ts';

const settings = readSettings({});
const now = Date.now();
const ana: Identity = { ...nobody, user: { id: '1', username: 'ana' } };
const ben: Identity = { ...nobody, user: { id: '2', username: 'ben' } };
const app: Identity = { ...nobody, client: { id: '1', name: 'App' } };

const write = (name: string, more: Partial<AnyFunction> = {}): AnyFunction => ({
  ...define(name, { description: 'Adds.', effect: 'write', returns: t.int64(), handler: () => 1n }),
  ...more,
});
const add = write('things.add');

/** Something that must happen once, and how often it has. */
function counted(result: () => unknown = () => 1n): {
  readonly run: () => Promise<unknown>;
  readonly times: () => number;
} {
  let times = 0;
  const run = async (): Promise<unknown> => {
    times++;
    return result();
  };
  return { run, times: () => times };
}

const begin = (outcomes: Outcomes = memoryOutcomes(), problems: unknown[] = []): BeginOnce =>
  createOnce({ outcomes, onProblem: (reason) => problems.push(reason) });

describe('Idempotency-Key', () => {
  it('carries a call out once and answers it again', async () => {
    const once = begin();
    const { run, times } = counted(() => 2n ** 60n);
    let replays = 0;
    const onReplay = () => void replays++;
    expect(await once('k', ana, settings, now, onReplay)(add, { a: 1, b: 2n }, run)).equal(2n ** 60n);
    expect(replays).equal(0);
    expect(await once('k', ana, settings, now, onReplay)(add, { b: 2n, a: 1 }, run)).equal(2n ** 60n);
    expect([times(), replays]).deep.equal([1, 1]);
  });

  it('is one for each caller, function and key', async () => {
    const once = begin();
    const { run, times } = counted();
    for (const identity of [ana, ben, app, { ...app, user: { id: '1', username: 'ana' } }]) {
      for (const fn of [add, write('things.adds')]) {
        for (const key of ['k', 'K', 'k#2', '"k"']) await once(key, identity, settings, now)(fn, {}, run);
      }
    }
    expect(times()).equal(32);
  });

  it('counts the calls of a batch, and the same batch again replays each', async () => {
    const once = begin();
    let next = 0n;
    const { run, times } = counted(() => ++next);
    const batch = async (): Promise<unknown[]> => {
      const message = once('k', ana, settings, now);
      return [await message(add, { a: 1 }, run), await message(add, { a: 1 }, run), await message(add, { a: 2 }, run)];
    };
    expect(await batch()).deep.equal([1n, 2n, 3n]);
    expect(await batch()).deep.equal([1n, 2n, 3n]);
    expect(times()).equal(3);
    const single = once('k#2', ana, settings, now);
    expect(await single(add, { a: 1 }, run), 'a key that looks like a call of the batch').equal(4n);
  });

  it('refuses other arguments', async () => {
    const once = begin();
    const { run, times } = counted();
    await once('k', ana, settings, now)(add, { a: 1 }, run);
    for (const params of [{ a: 1n }, { a: '1' }, { a: null }, {}, { a: 1, b: 0 }]) {
      const fault = await rejected(once('k', ana, settings, now)(add, params, run));
      expect(fault).include({ code: 'conflict', gate: 'idempotency', retryAfter: undefined });
    }
    expect(times()).equal(1);
  });

  it('refuses a twin that comes while the first still runs', async () => {
    const once = begin();
    let finish: (value: bigint) => void = () => {};
    const { run, times } = counted(() => new Promise((resolve) => (finish = resolve)));
    const first = once('k', ana, settings, now)(add, {}, run);
    const fault = await rejected(once('k', ana, settings, now)(add, {}, run));
    expect(fault).include({ code: 'conflict', gate: 'idempotency', retryAfter: 1 });
    finish(5n);
    expect(await first).equal(5n);
    expect(await once('k', ana, settings, now)(add, {}, run)).equal(5n);
    expect(times()).equal(1);
  });

  it('lets one of many twins through', async () => {
    const once = begin();
    const { run, times } = counted();
    const twins = Array.from({ length: 20 }, () => once('k', ana, settings, now)(add, {}, run).catch(() => 'refused'));
    expect((await Promise.all(twins)).filter((one) => one !== 'refused')).deep.equal([1n]);
    expect(times()).equal(1);
  });

  it('keeps whatever a handler came to: declared faults and failures', async () => {
    const once = begin();
    const declared = new Fault('taken', 'Taken', { declared: { number: 3, status: 409, data: undefined } });
    for (const [key, thrown] of [
      ['a', declared],
      ['b', new Error('broken')],
      ['c', new Fault('timeout', 'Too late')],
    ] as const) {
      const { run, times } = counted(() => {
        throw thrown;
      });
      const first = await rejected(once(key, ana, settings, now)(add, {}, run));
      const second = await rejected(once(key, ana, settings, now)(add, {}, run));
      expect(second).deep.include({ code: first.code, message: first.message, declared: first.declared });
      expect(second.cause).equal(undefined);
      expect(times()).equal(1);
    }
  });

  it('is refused for nobody, for keys out of form and for results that are secret', async () => {
    const once = begin();
    const { run, times } = counted();
    const attempt = (key: string, identity = ana, fn = add) =>
      rejected(once(key, identity, settings, now)(fn, {}, run));
    expect((await attempt('k', nobody)).code).equal('unauthenticated');
    for (const key of ['', 'a b', 'ä', 'a\n', 'a\u007f', 'k'.repeat(256)]) {
      expect((await attempt(key)).code, JSON.stringify(key)).equal('invalid-request');
    }
    expect((await attempt('k', ana, write('auth.make', { sensitive: true }))).code).equal('invalid-request');
    expect(times()).equal(0);
    expect(await once('k'.repeat(255), ana, settings, now)(add, {}, run)).equal(1n);
  });

  it('does not begin while the store is away', async () => {
    const { run, times } = counted();
    const away = async () => {
      throw new Fault('unavailable', 'Away');
    };
    const fault = await rejected(
      begin({ begin: away, finish: away, abandon: away })('k', ana, settings, now)(add, {}, run),
    );
    expect([fault.code, times()]).deep.equal(['unavailable', 0]);
  });

  it('answers its caller where the outcome cannot be kept, and is a conflict from then on', async () => {
    const outcomes = memoryOutcomes();
    const problems: unknown[] = [];
    const finish = async () => {
      throw new Fault('unavailable', 'Away');
    };
    const once = begin({ ...outcomes, finish }, problems);
    const { run, times } = counted();
    expect(await once('k', ana, settings, now)(add, {}, run)).equal(1n);
    expect(problems).length(1);
    expect((await rejected(once('k', ana, settings, now)(add, {}, run))).code).equal('conflict');
    expect(times()).equal(1);
  });

  it('shows the store neither key nor caller nor arguments', async () => {
    const seen: string[] = [];
    const inner = memoryOutcomes();
    const outcomes: Outcomes = {
      ...inner,
      begin: (scope, args, expires) => {
        seen.push(scope, args);
        expect(expires).equal(now + 86_400_000);
        return inner.begin(scope, args, expires);
      },
    };
    await begin(outcomes)('secret-key', ana, settings, now)(add, { password: 'x' }, async () => 1n);
    await begin(outcomes)('other-key', ana, settings, now)(add, { password: 'x' }, async () => 1n);
    expect(seen.every((text) => /^[0-9a-f]{64}$/.test(text))).equal(true);
    expect(seen[1], 'equal arguments cannot be told from outside').not.equal(seen[3]);
  });
});

describe('outcomes in memory', () => {
  it('are forgotten when they expire', async () => {
    let time = 0;
    const outcomes = memoryOutcomes({ now: () => time });
    await outcomes.begin('s', 'a', 100);
    await outcomes.finish('s', 'done');
    time = 99;
    expect(await outcomes.begin('s', 'b', 199)).deep.equal({ args: 'a', outcome: 'done' });
    time = 100;
    expect(await outcomes.begin('s', 'b', 200)).equal(undefined);
    expect(await outcomes.begin('s', 'b', 200)).deep.equal({ args: 'b', outcome: undefined });
  });

  it('are refused beyond their bounds instead of forgotten', async () => {
    let time = 0;
    const outcomes = memoryOutcomes({ keys: 3, characters: 10, now: () => time });
    for (const scope of ['a', 'b', 'c']) await outcomes.begin(scope, '', 50);
    expect((await rejected(outcomes.begin('d', '', 50))).code).equal('unavailable');
    expect(await outcomes.begin('a', '', 50)).deep.equal({ args: '', outcome: undefined });
    await outcomes.abandon('b');
    expect(await outcomes.begin('b', '', 50), 'it was abandoned').equal(undefined);
    await outcomes.finish('a', 'x'.repeat(10));
    expect((await rejected(outcomes.begin('d', '', 50))).code, 'characters').equal('unavailable');
    time = 50;
    expect(await outcomes.begin('d', '', 100)).equal(undefined);
    expect(await outcomes.begin('e', '', 100)).equal(undefined);
  });
});
