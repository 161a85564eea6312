import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { bulkBytes, checkInTurns, readInTurns, writeInTurns } from '../../lib/bulk.ts';
import { createCatalog } from '../../lib/catalog.ts';
import { Deadlines } from '../../lib/deadline.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { longList } from '../../lib/gradual-check.ts';
import { openScope, run, type Scope, type Writer } from '../../lib/pipeline.ts';
import { planOf } from '../../lib/plan.ts';
import type { Call } from '../../lib/protocol.ts';
import { readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';
import { rejected } from './caught.ts';
import { fn } from './pipeline-call.ts';
import { ShortTurn } from './short-turn.ts';

const numbers = Array.from({ length: longList + 1 }, (_, i) => i);
let ran = 0;
const under = fn({
  params: { list: t.list(t.int({ max: 2_000 })) },
  returns: t.list(t.int()),
  body: 10 * bulkBytes,
  handler: ({ list }: { readonly list: readonly number[] }) => {
    ran++;
    return list;
  },
});
const plan = planOf(under, 16_384);
const reading = (list: unknown): Call => ({ name: 'test.fn', size: bulkBytes + 1, read: () => ({ list }) });

function scopeOf(of: AnyFunction): Scope {
  const site = createSite(
    createCatalog([of]),
    readSettings({ enabledwsfunctions: ['*'], limits: { deadline: 5_000 } }),
  );
  return openScope({ site, protocol: { name: 'test' }, requestId: 'r', deadlines: new Deadlines() });
}

/** Tells how a result was written. */
const writer: Writer<string> = {
  write: (_, value) => `at once: ${(value as unknown[]).length}`,
  inTurns: async (_, value) => `in turns: ${(value as unknown[]).length}`,
};

describe('lib/bulk', () => {
  it('reads and checks parameters in turns', async () => {
    const turn = new ShortTurn();
    expect(await readInTurns(under, plan, reading(numbers), turn)).to.deep.equal({ list: numbers });
    expect(turn.count).to.equal(numbers.length);
    const fault = await rejected(readInTurns(under, plan, reading(numbers.with(longList, 2_001)), turn));
    expect(fault.code).to.equal('invalid-params');
    expect(fault.issues.map(({ path }) => path)).to.deep.equal([`list/${longList}`]);
  });

  it('checks results in turns', async () => {
    const turn = new ShortTurn();
    expect(await checkInTurns(plan, numbers, turn)).to.equal(numbers);
    const fault = await rejected(checkInTurns(plan, numbers.with(7, 0.5), turn));
    expect(fault.code).to.equal('invalid-result');
    expect(fault.issues.map(({ path }) => path)).to.deep.equal(['7']);
  });

  it('puts pieces together in turns', async () => {
    const turn = new ShortTurn();
    expect(await writeInTurns(['a', '', 'b'], turn)).to.deep.equal(['a', 'b']);
    expect(turn.count).to.equal(3);
  });
});

describe('lib/pipeline with large calls', () => {
  beforeEach(() => {
    ran = 0;
  });

  it('answers small ones at once', () => {
    const call = { ...reading(numbers.slice(1)), size: bulkBytes };
    expect(run(call, scopeOf(under), writer)).to.deep.equal({ ok: true, fn: under, written: `at once: ${longList}` });
  });

  it('answers large ones, and those with long results, in turns', async () => {
    const small = await run(reading([1, 2]), scopeOf(under), writer);
    expect(small).to.include({ ok: true, written: 'at once: 2' });
    const long = run({ ...reading(numbers), size: 10 }, scopeOf(under), writer);
    expect(long).to.be.instanceOf(Promise);
    expect(await long).to.include({ ok: true, written: `in turns: ${numbers.length}` });
    const simple = await run(reading(numbers), scopeOf(under), { write: writer.write });
    expect(simple).to.include({ ok: true, written: `at once: ${numbers.length}` });
    expect(ran).to.equal(3);
  });

  it('does not run what its caller has gone away from', async () => {
    const scope = scopeOf(under);
    const outcome = run(reading(numbers), scope, writer);
    scope.gone = new Fault('timeout', 'The caller went away', { gate: 'caller' });
    expect(await outcome).to.deep.equal({ ok: false, fn: under, fault: scope.gone });
    expect(ran).to.equal(0);
  });

  it('gives the function what is left of the deadline', async () => {
    const waiting = fn({
      params: {},
      returns: t.int(),
      deadline: 80,
      handler: () => new Promise(() => {}),
    });
    const read = () => {
      for (const end = performance.now() + 50; performance.now() < end; );
      return {};
    };
    const began = performance.now();
    const outcome = await run({ name: 'test.fn', size: bulkBytes + 1, read }, scopeOf(waiting), writer);
    expect(outcome).to.have.nested.property('fault.code', 'timeout');
    expect(performance.now() - began).to.be.within(70, 2_000);
  });

  it('refuses long results that do not fit', async () => {
    const broken = fn({ params: {}, returns: t.list(t.int()), handler: async () => numbers.with(longList, 0.5) });
    const outcome = await run({ name: 'test.fn', read: () => ({}) }, scopeOf(broken), writer);
    expect(outcome).to.have.nested.property('fault.code', 'invalid-result');
    expect(outcome).to.have.nested.property('fault.issues[0].path', String(longList));
  });
});
