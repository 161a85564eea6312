import { expect } from 'chai';
import fc from 'fast-check';
import {
  newTraceparent,
  onward,
  readTraceparent,
  readTracestate,
  writeTraceparent,
} from '../../../lib/observe/trace-context.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
const good = `00-${traceId}-${parentId}-01`;

describe('lib/observe/trace-context', () => {
  it('reads traceparent (W3C Trace Context §3.2)', () => {
    expect(readTraceparent(good)).eql({ traceId, parentId, flags: 1 });
    expect(readTraceparent(`00-${traceId}-${parentId}-00`)?.flags).equal(0);
    expect(readTraceparent(`00-${traceId}-${parentId}-03`)?.flags, 'Level 2: the id is random').equal(3);
  });

  it('takes of versions to come what is known (§3.2.3), and passes on no flag that it does not know', () => {
    for (const text of [`cc-${traceId}-${parentId}-01`, `cc-${traceId}-${parentId}-01-what-the-future-will-be-like`])
      expect(readTraceparent(text), text).eql({ traceId, parentId, flags: 1 });
    const parent = readTraceparent(`01-${traceId}-${parentId}-ff`);
    expect(parent && writeTraceparent(parent)).equal(`00-${traceId}-${parentId}-03`);
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['capitals', good.toUpperCase()],
    ['capitals in the id alone', `00-${traceId.toUpperCase()}-${parentId}-01`],
    ['version ff', `ff-${traceId}-${parentId}-01`],
    ['version 00 with more', `${good}-more`],
    ['version 00 with a dash', `${good}-`],
    ['a later version with more and no dash', `cc-${traceId}-${parentId}-01.what`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
    ['a parent of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['a short trace', `00-${traceId.slice(1)}-${parentId}-01`],
    ['a long trace', `00-${traceId}0-${parentId}-01`],
    ['no flags', `00-${traceId}-${parentId}`],
    ['short flags', `00-${traceId}-${parentId}-1`],
    ['odd digits', `00-${traceId.replace('a', 'g')}-${parentId}-01`],
    ['underscores', good.replaceAll('-', '_')],
    ['a space before', ` ${good}`],
    ['a line after', `${good}\n`],
    ['two of them', `${good}, ${good}`],
    ['two of a later version', `cc-${traceId}-${parentId}-01-x, cc-${traceId}-${parentId}-01`],
    ['a script', '<script>alert(1)</script>'],
    ['a long text', '0'.repeat(100_000)],
  ] as const) {
    it(`takes no traceparent of ${what}`, () => expect(readTraceparent(text)).equal(undefined));
  }

  it('reads and writes the same, and nothing but what it could have written in version 00', () => {
    const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
    fc.assert(
      fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 3 }), (trace, parent, flags) => {
        const text = writeTraceparent({ traceId: trace, parentId: parent, flags });
        const read = readTraceparent(text);
        if (/^0+$/.test(trace) || /^0+$/.test(parent)) expect(read).equal(undefined);
        else expect(read).eql({ traceId: trace, parentId: parent, flags });
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^0[0-9a-fA-F-]{40,60}$/)), (text) => {
        const read = readTraceparent(text);
        if (read !== undefined && text.startsWith('00-'))
          expect(text).match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);
      }),
    );
  });

  it('goes on in the same trace under an id of its own, and begins others at random', () => {
    const parent = { traceId, parentId, flags: 1 };
    const next = onward(parent);
    expect(next).deep.include({ traceId, flags: 1 });
    expect(next.parentId)
      .match(/^[0-9a-f]{16}$/)
      .not.equal(parentId);
    const ids = new Set(Array.from({ length: 100 }, () => newTraceparent().traceId));
    expect(ids.size).equal(100);
    expect(readTraceparent(writeTraceparent(newTraceparent()))?.flags, 'random and not sampled').equal(2);
  });

  describe('tracestate (§3.3)', () => {
    for (const [what, text, expected] of [
      ['one member', 'rojo=00f067aa0ba902b7', 'rojo=00f067aa0ba902b7'],
      ['two, with blanks around', ' rojo=1 ,\tcongo=t61 ', 'rojo=1,congo=t61'],
      ['members that are empty', 'a=1,,b=2,', 'a=1,b=2'],
      ['a tenant', '0tenant@system=x', '0tenant@system=x'],
      ['values with blanks inside', 'a=b c  d', 'a=b c  d'],
      ['a value with =', 'a=b=c', undefined],
      ['nothing', '', undefined],
      ['commas', ',,,', undefined],
      ['no value', 'a=', undefined],
      ['no key', '=b', undefined],
      ['no equals', 'abc', undefined],
      ['a capital', 'Rojo=1', undefined],
      ['a key that begins with a digit', '1a=1', undefined],
      ['two at signs', 'a@b@c=1', undefined],
      ['a system of 15 characters', `a@${'s'.repeat(15)}=1`, undefined],
      ['a key of 257 characters', `${'k'.repeat(257)}=1`, undefined],
      ['a value of 257 characters', `a=${'v'.repeat(257)}`, undefined],
      ['what is not ASCII', 'a=é', undefined],
      ['a tab inside', 'a=b\tc', undefined],
      ['a key twice', 'a=1,b=2,a=3', undefined],
      ['33 members', Array.from({ length: 33 }, (_, i) => `k${i}=v`).join(','), undefined],
    ] as const) {
      it(`reads ${what}`, () => expect(readTracestate(text)).equal(expected));
    }

    it('passes on 32 members, and whole ones up to 512 characters, the long ones first to go', () => {
      const many = Array.from({ length: 32 }, (_, i) => `k${i}=v`).join(',');
      expect(readTracestate(many)).equal(many);
      const long = `long=${'x'.repeat(200)}`;
      const short = Array.from({ length: 10 }, (_, i) => `s${i}=${'y'.repeat(40)}`);
      expect(readTracestate([short[0], long, ...short.slice(1)].join(','))).equal(short.join(','));
      const crowd = Array.from({ length: 20 }, (_, i) => `s${i}=${'y'.repeat(100)}`);
      const kept = readTracestate(crowd.join(',')) ?? '';
      expect(kept.length).at.most(512);
      expect(crowd.join(',').startsWith(kept)).equal(true);
    });

    it('is read in no time, whatever it is', () => {
      const started = performance.now();
      for (const text of [
        ','.repeat(16_000),
        'a=1,'.repeat(4_000),
        `a=${' '.repeat(16_000)}`,
        `${' \t'.repeat(8_000)}a=1`,
      ])
        readTracestate(text);
      expect(performance.now() - started).below(2_000);
    });
  });
});
