import { expect } from 'chai';
import type { FunctionUsage } from '../../../console/usage/contract.ts';
import { functionsCsv } from '../../../console/usage/exports.ts';
import { named, type Order, ordered, turned } from '../../../console/usage/function-order.ts';

const usage = (name: string, calls: number, errors: number, p95: number): FunctionUsage => ({
  function: name,
  calls,
  errors,
  mean: p95 / 2,
  p50: p95 / 3,
  p95,
  p99: p95,
  max: p95,
  series: [],
});
const all = [usage('b.two', 10, 5, 7), usage('a.one', 100, 10, 7), usage('c.three', 1, 1, 90)];
const names = (order: Order): readonly string[] => ordered(all, order).map((one) => one.function);

describe('console/usage/function-order', () => {
  it('puts functions in order by any column, equal ones by name', () => {
    expect(names({ column: 'calls', falling: true })).to.deep.equal(['a.one', 'b.two', 'c.three']);
    expect(names({ column: 'calls', falling: false })).to.deep.equal(['c.three', 'b.two', 'a.one']);
    expect(names({ column: 'p95', falling: true })).to.deep.equal(['c.three', 'a.one', 'b.two']);
    expect(names({ column: 'rate', falling: true })).to.deep.equal(['c.three', 'b.two', 'a.one']);
    expect(names({ column: 'function', falling: true })).to.deep.equal(['c.three', 'b.two', 'a.one']);
  });

  it('turns the order at the second click; numbers begin with the largest', () => {
    const calls: Order = { column: 'calls', falling: true };
    expect(turned(calls, 'calls')).to.deep.equal({ column: 'calls', falling: false });
    expect(turned(calls, 'p95')).to.deep.equal({ column: 'p95', falling: true });
    expect(turned(calls, 'function')).to.deep.equal({ column: 'function', falling: false });
  });

  it('finds by a part of the name', () => {
    expect(named(all, ' TWO ').map((one) => one.function)).to.deep.equal(['b.two']);
    expect(named(all, '')).to.equal(all);
  });

  it('is exported', () => {
    expect(functionsCsv(all.slice(0, 1))).to.equal(
      'function,calls,errors,mean_ms,p50_ms,p95_ms,p99_ms,max_ms\r\nb.two,10,5,3.5,2.3333333333333335,7,7,7\r\n',
    );
  });
});
