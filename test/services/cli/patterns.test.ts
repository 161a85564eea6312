import { expect } from 'chai';
import fc from 'fast-check';
import { covers } from '../../../lib/gates/patterns.ts';
import { matches, overlap } from '../../../services/cli/patterns.ts';

const pattern = fc
  .array(fc.constantFrom('a', 'b', '.', '*'), { minLength: 1, maxLength: 6 })
  .map((chars) => chars.join(''));
const name = pattern.map((text) => text.replaceAll('*', 'a'));

describe('patterns of functions', () => {
  it('match as the server has it', () => {
    expect(matches('test.*', 'test.echo')).to.equal(true);
    expect(matches('test.*', 'testy')).to.equal(false);
    expect(matches('*', 'admin.reset')).to.equal(false);
    expect(matches('admin.reset', 'admin.reset')).to.equal(true);
  });

  it('overlap where they have a name in common', () => {
    expect(overlap('test.*', '*.echo')).to.equal(true);
    expect(overlap('test.*', 'tes')).to.equal(false);
    expect(overlap('*', 'admin.reset')).to.equal(false);
    fc.assert(fc.property(pattern, name, (glob, text) => overlap(glob, text) === covers(glob, text)));
    fc.assert(
      fc.property(pattern, pattern, name, (one, two, text) => {
        expect(overlap(one, two)).to.equal(overlap(two, one));
        if (covers(one, text) && covers(two, text)) expect(overlap(one, two)).to.equal(true);
      }),
    );
  });
});
