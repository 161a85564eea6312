import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import { Issues } from '../../../lib/issues.ts';
import { readFlag } from '../../../services/cli/flag-value.ts';

describe('a value behind an option', () => {
  const read = (descriptor: Descriptor, ...words: string[]) => {
    const issues = new Issues();
    const value = readFlag(descriptor, words, '--x', issues);
    return issues.list.length > 0 ? issues.list[0]?.message : value;
  };

  it('is a list with commas between or in parts, and none is an empty one', () => {
    const names = t.default(t.list(t.string()), []);
    expect(read(names, 'a, b,', 'c')).to.deep.equal(['a', 'b', 'c']);
    expect(read(names, 'none')).to.deep.equal([]);
    expect(read(t.list(t.int()), '1,2')).to.deep.equal([1, 2]);
    expect(read(t.list(t.int()), '1,x')).to.equal('must be a whole number');
    const parts = t.list(t.object('Part', { name: t.string() }));
    expect(read(parts, '{"name":"a"}', '{"name":"b"}')).to.deep.equal([{ name: 'a' }, { name: 'b' }]);
    expect(read(parts, '[{"name":"a"}]')).to.deep.equal([{ name: 'a' }]);
  });

  it('has no empty item: what a shell leaves of a variable that is not set lifts no limit', () => {
    const names = t.default(t.list(t.string()), []);
    const parts = t.list(t.object('Part', { name: t.string() }));
    for (const words of [[''], [',', 'a'], [' '], ['a', ''], ['a,'], [',a'], ['a, ,b']]) {
      expect(read(names, ...words), JSON.stringify(words)).to.match(/must not be empty: an empty list is written none/);
    }
    expect(read(parts, '')).to.match(/must not be empty/);
    expect(read(parts, '[]')).to.deep.equal([]);
    expect(read(parts, '{"name":"a,,b"}')).to.deep.equal([{ name: 'a,,b' }]);
  });

  it('is a day for the moment at which it begins in UTC, or a moment with its zone', () => {
    const time = t.optional(t.nullable(t.datetime()));
    expect(read(time, '2027-03-01')).to.deep.equal(new Date('2027-03-01T00:00:00Z'));
    expect(read(time, '2027-03-01T12:00:00+02:00')).to.deep.equal(new Date('2027-03-01T10:00:00Z'));
    expect(read(time, '2027-02-30')).to.equal('must be a date and time that exists');
    expect(read(time, '2027-03-01T12:00:00')).to.equal('must name its zone: Z or +HH:MM');
  });

  it('is none for nothing only where there can be nothing', () => {
    expect(read(t.nullable(t.int()), 'none')).to.equal(null);
    expect(read(t.int(), 'none')).to.equal('must be a whole number');
    expect(read(t.string(), 'none')).to.equal('none');
  });

  it('is on or off for a switch', () => {
    expect(['on', 'yes', 'true', '1'].map((word) => read(t.boolean(), word))).to.deep.equal(Array(4).fill(true));
    expect(['off', 'no', 'false', '0'].map((word) => read(t.boolean(), word))).to.deep.equal(Array(4).fill(false));
    expect(read(t.boolean(), 'constructor')).to.match(/must be a boolean/);
  });
});
