import { expect } from 'chai';
import fc from 'fast-check';
import {
  type InnerList,
  isInnerList,
  readDictionary,
  writeInnerList,
} from '../../../../lib/auth/signature/structured-fields.ts';

function list(text: string): InnerList {
  const member = readDictionary(text)?.get('a');
  if (member === undefined || !isInnerList(member)) throw new Error(`${text} is no inner list`);
  return member;
}

function value(text: string): unknown {
  const member = readDictionary(`a=${text}`)?.get('a');
  return member === undefined || isInnerList(member) ? undefined : member.value;
}

describe('auth/signature/structured-fields', () => {
  it('reads every kind of item', () => {
    expect(value('-42')).to.equal(-42);
    expect(value('999999999999999')).to.equal(999_999_999_999_999);
    expect(value('"a \\"b\\" \\\\"')).to.equal('a "b" \\');
    expect(value('?0')).to.equal(false);
    expect(value(':cHJldGVuZA==:')).to.deep.equal(Buffer.from('pretend'));
    expect(value('*foo123/456')).to.deep.equal({ token: '*foo123/456' });
    expect(readDictionary('a')?.get('a')).to.deep.equal({ value: true, parameters: new Map() });
  });

  it('reads members with parameters, and inner lists', () => {
    const read = readDictionary(' a=("x";p "y" );q=1;r ,\tb=?1;s=tok  ');
    expect([...(read?.keys() ?? [])]).to.deep.equal(['a', 'b']);
    expect(read?.get('a')).to.deep.equal({
      items: [
        { value: 'x', parameters: new Map([['p', true]]) },
        { value: 'y', parameters: new Map() },
      ],
      parameters: new Map<string, unknown>([
        ['q', 1],
        ['r', true],
      ]),
    });
    expect(read?.get('b')).to.deep.equal({ value: true, parameters: new Map([['s', { token: 'tok' }]]) });
    expect(readDictionary('')?.size).to.equal(0);
  });

  it('refuses what is no dictionary, and what would have two meanings', () => {
    const wrong = [
      'a=1,',
      ',a=1',
      'a=1 b=2',
      'A=1',
      'a=',
      'a="x',
      'a="ü"',
      'a="\\x"',
      'a="\t"',
      'a=1.5',
      'a=1.',
      'a=1234567890123456',
      'a=-',
      'a=?2',
      'a=:cHJldGVuZA:',
      'a=:cHJldGVuZB==:',
      'a=:c HJl:',
      'a=("x""y")',
      'a=("x"',
      'a=(("x"))',
      'a=1;;b',
      'a=1;B',
      'a=@1659578233',
      'a=1, a=2',
      'a=1;p;p=2',
      '\u0000',
      'a=1\n',
    ];
    for (const text of wrong) expect(readDictionary(text), text).to.equal(undefined);
  });

  it('writes an inner list in its one form', () => {
    expect(writeInnerList(list('a=(  "x";p="q\\"" y   3 ?0 :AQI=:);b;c=?1;d=007;e=a/b'))).to.equal(
      '("x";p="q\\"" y 3 ?0 :AQI=:);b;c;d=7;e=a/b',
    );
  });

  it('is total', () => {
    const near = fc.string({ unit: fc.constantFrom(...'ab=("\\):;,?1 .-*\t') });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        const read = readDictionary(text);
        expect(read === undefined || read instanceof Map).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back what it has written', () => {
    const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,5}$/);
    const bare = fc.oneof(
      fc.integer(),
      fc.stringMatching(/^[ -~]{0,10}$/),
      fc.boolean(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.record(
        { token: fc.stringMatching(/^[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]{0,5}$/) },
        { noNullPrototype: true },
      ),
    );
    const parameters = fc.array(fc.tuple(key, bare), { maxLength: 3 }).map((pairs) => new Map(pairs));
    const items = fc.array(fc.record({ value: bare, parameters }, { noNullPrototype: true }), { maxLength: 4 });
    fc.assert(
      fc.property(items, parameters, (all, own) => {
        const made = { items: all, parameters: own };
        expect(list(`a=${writeInnerList(made)}`)).to.deep.equal(made);
      }),
    );
  });
});
