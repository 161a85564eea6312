import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { array, methodCall, readCall, struct, taking } from './calls.ts';

const int = (value: number) => `<int>${value}</int>`;

describe('XML-RPC parameters', () => {
  const fn = taking(
    { field: t.string(), limit: t.default(t.int(), 50), note: t.optional(t.string()), parent: t.nullable(t.string()) },
    { aliases: { max: 'limit' } },
  );
  const read = (...params: readonly string[]) => readCall(fn, methodCall('f', ...params));

  it('come by position', () => {
    expect(read('a', int(3), 'n', 'p')).to.deep.equal({
      params: { field: 'a', limit: 3, note: 'n', parent: 'p' },
      issues: [],
    });
  });

  it('may be left out at the end', () => {
    expect(read('a', int(3)).params).to.deep.equal({ field: 'a', limit: 3, parent: null });
    expect(read('a').params).to.deep.equal({ field: 'a', limit: 50, parent: null });
  });

  it('leave a missing one to the validator', () => {
    expect(read()).to.deep.equal({ params: { limit: 50, parent: null }, issues: [] });
    expect(readCall(fn, '<methodCall><methodName>f</methodName></methodCall>').params).to.deep.equal({
      limit: 50,
      parent: null,
    });
    expect(readCall(fn, '<methodCall><methodName>f</methodName><params/></methodCall>').params).to.deep.equal({
      limit: 50,
      parent: null,
    });
  });

  it('may come by name in one struct', () => {
    expect(read(struct(['note', 'n'], ['field', 'a'])).params).to.deep.equal({
      field: 'a',
      limit: 50,
      note: 'n',
      parent: null,
    });
    expect(read(` ${struct(['max', int(3)], ['field', 'a'])} `).params).to.deep.equal({
      field: 'a',
      limit: 3,
      parent: null,
    });
  });

  it('are refused where names are unknown or given twice', () => {
    const { issues } = read(struct(['field', 'a'], ['other', 'b'], ['field', 'c'], ['limit', int(1)], ['max', int(2)]));
    expect(issues.map(({ path, code }) => `${path} ${code}`)).to.deep.equal([
      'other unknown',
      'field duplicate',
      'max duplicate',
    ]);
  });

  it('are refused where there are too many', () => {
    const { issues } = read('a', int(3), 'n', 'p', 'x', array(int(1)));
    expect(issues.map(({ path, code }) => `${path} ${code}`)).to.deep.equal(['4 unknown', '5 unknown']);
  });

  it('are refused where a struct of all is not alone', () => {
    const { issues } = read(struct(['field', 'a']), int(3));
    expect(issues.map(({ path, code }) => `${path} ${code}`)).to.deep.equal(['1 unknown']);
  });

  it('are a struct of their own where the first one is read from a struct', () => {
    const value = struct(['a', int(1)]);
    for (const first of [
      t.map(t.int()),
      t.json(),
      t.object('O', { a: t.int() }),
      t.optional(t.nullable(t.map(t.int()))),
    ]) {
      expect(readCall(taking({ first }), methodCall('f', value)).params).to.deep.equal({ first: { a: 1 } });
    }
  });

  it('of a later kind object come after others', () => {
    const late = taking({ id: t.int(), data: t.map(t.int()) });
    expect(readCall(late, methodCall('f', int(1), struct(['a', int(2)]))).params).to.deep.equal({
      id: 1,
      data: { a: 2 },
    });
    expect(readCall(late, methodCall('f', struct(['id', int(1)], ['data', struct()]))).params).to.deep.equal({
      id: 1,
      data: {},
    });
  });

  it('of a function without any are none, or an empty struct', () => {
    const none = taking({});
    for (const params of [[], [struct()], ['<struct></struct>']]) {
      expect(readCall(none, methodCall('f', ...params))).to.deep.equal({ params: {}, issues: [] });
    }
    for (const param of ['', 'x', int(1), array(int(1))]) {
      expect(readCall(none, methodCall('f', param)).issues).to.have.length(1);
      expect(readCall(none, methodCall('f', param, param)).issues).to.have.length(2);
    }
    expect(readCall(none, methodCall('f', struct(['a', 'x']))).issues).to.have.length(1);
  });
});
