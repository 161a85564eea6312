import { isIPv6 } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { addressList, isAddressRange } from '../../../lib/gates/address.ts';
import { readAddress } from '../../../lib/gates/ranges.ts';

/** An address as text in one of its spellings, and as what it is. */
interface Spelt {
  readonly text: string;
  readonly family: 4 | 6;
  readonly value: bigint;
}

const dotted = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

const groups = (value: bigint) => Array.from({ length: 8 }, (_, i) => (value >> BigInt(112 - 16 * i)) & 0xffffn);

/** Groups `from` to `to` as `::`, if they are all zero. */
function shortened(parts: readonly string[], from: number, to: number): string {
  if (to <= from || parts.slice(from, to).some((part) => !/^0+$/.test(part))) return parts.join(':');
  return `${parts.slice(0, from).join(':')}::${parts.slice(to).join(':')}`;
}

/** IPv6 by RFC 4291 §2.2: padded or not, with or without `::` (here the longest run from somewhere), dotted at the end or not. */
function spelling6(value: bigint, pad: boolean, upper: boolean, dots: boolean, from: number): string {
  let parts = groups(value).map((group) => group.toString(16).padStart(pad ? 4 : 1, '0'));
  if (upper) parts = parts.map((part) => part.toUpperCase());
  if (dots) parts = [...parts.slice(0, 6), dotted(value & 0xffffffffn)];
  let to = from;
  while (to < Math.min(parts.length, 6) && /^0+$/.test(parts[to] ?? '1')) to++;
  return shortened(parts, from, to);
}

/** Small and great numbers and those that share their front, so that ranges and addresses meet. */
function numbers(bits: bigint): fc.Arbitrary<bigint> {
  const most = (1n << bits) - 1n;
  const near = fc.bigInt({ min: 0n, max: 1_000n });
  return fc.oneof(
    near.map((n) => (0x0a010200n << (bits - 32n)) + n),
    near,
    near.map((n) => most - n),
    fc.bigInt({ min: 0n, max: most }),
  );
}

const spelt4 = numbers(32n).map((value): Spelt => ({ text: dotted(value), family: 4, value }));
const mapped4 = fc
  .tuple(numbers(32n), fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(5))
  .map(([value, ...how]): Spelt => ({ text: spelling6((0xffffn << 32n) + value, ...how), family: 4, value }));
const spelt6 = fc
  .tuple(
    numbers(128n).filter((value) => value >> 32n !== 0xffffn),
    fc.boolean(),
    fc.boolean(),
    fc.boolean(),
    fc.nat(5),
  )
  .map(([value, ...how]): Spelt => ({ text: spelling6(value, ...how), family: 6, value }));
const spelt = fc.oneof(spelt4, mapped4, spelt6);

/** An entry and the model of whom it holds. */
interface Entry {
  readonly text: string;
  readonly holds: (address: Spelt) => boolean;
}

const single = spelt.map(
  ({ text, family, value }): Entry => ({ text, holds: (it) => it.family === family && it.value === value }),
);
const cidr = fc.tuple(spelt, fc.nat(128)).map(([{ text, family, value }, some]): Entry => {
  const length = some % (family === 4 ? 33 : 129);
  const free = BigInt((family === 4 ? 32 : 128) - length);
  return {
    text: `${text}/${family === 4 && text.includes(':') ? length + 96 : length}`,
    holds: (it) => it.family === family && it.value >> free === value >> free,
  };
});
const span = fc
  .tuple(spelt, spelt)
  .filter(([first, last]) => first.family === last.family)
  .map(([one, other]): Entry => {
    const [first, last] = one.value <= other.value ? [one, other] : [other, one];
    return {
      text: `${first.text}-${last.text}`,
      holds: (it) => it.family === first.family && it.value >= first.value && it.value <= last.value,
    };
  });
const wildcard = fc.tuple(spelt4, fc.integer({ min: 1, max: 4 })).map(([{ text, value }, stars]): Entry => {
  const kept = text.split('.').slice(0, 4 - stars);
  const free = BigInt(8 * stars);
  return {
    text: [...kept, ...Array<string>(stars).fill('*')].join('.'),
    holds: (it) => it.family === 4 && it.value >> free === value >> free,
  };
});
const entry = fc.oneof(single, cidr, span, wildcard);

describe('lib/gates/ranges', () => {
  it('reads every spelling of an address as the number it is', () => {
    fc.assert(
      fc.property(spelt, ({ text, family, value }) => {
        expect(readAddress(text), text).eql({ family, value });
      }),
      { numRuns: 1_000 },
    );
  });

  it('has the members that arithmetic says, for every form of entry and both families', () => {
    const seen = { in: 0, out: 0 };
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 4 }),
        fc.array(spelt, { maxLength: 20 }),
        (entries, all) => {
          for (const { text } of entries) expect(isAddressRange(text), text).equal(true);
          const list = addressList(entries.map(({ text }) => text));
          for (const address of all) {
            const member = entries.some(({ holds }) => holds(address));
            seen[member ? 'in' : 'out']++;
            expect(list(address.text), `${address.text} in ${entries.map(({ text }) => text)}`).equal(member);
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(seen.in, 'members tried').greaterThan(500);
    expect(seen.out, 'strangers tried').greaterThan(500);
  });

  it('holds the ends of an entry and not their neighbours', () => {
    const ends = [
      ['10.0.0.5-10.0.0.20', '10.0.0.5', '10.0.0.20', '10.0.0.4', '10.0.0.21'],
      ['10.0.0.250-10.0.1.3', '10.0.0.250', '10.0.1.3', '10.0.0.249', '10.0.1.4'],
      ['2001:db8::10-2001:db8::20', '2001:db8::10', '2001:db8::20', '2001:db8::f', '2001:db8::21'],
      ['10.1.*.*', '10.1.0.0', '10.1.255.255', '10.0.255.255', '10.2.0.0'],
      ['10.1.2.*', '10.1.2.0', '10.1.2.255', '10.1.1.255', '10.1.3.0'],
      ['10.0.0.0/30', '10.0.0.0', '10.0.0.3', '9.255.255.255', '10.0.0.4'],
      ['::ffff:10.0.0.0/126', '10.0.0.0', '::ffff:a00:3', '9.255.255.255', '::ffff:10.0.0.4'],
    ] as const;
    for (const [text, first, last, below, above] of ends) {
      const list = addressList([text]);
      expect([first, last, below, above].map(list), text).eql([true, true, false, false]);
    }
  });

  it('takes a caller for who it is: zones left out, ::10.1.2.3 no IPv4, IPv6 ranges without IPv4 in them', () => {
    expect(addressList(['fe80::/10'])('fe80::1%eth0')).equal(true);
    expect(addressList(['10.1.2.3'])('::10.1.2.3')).equal(false);
    expect(addressList(['::10.1.2.3'])('::a01:203')).equal(true);
    expect(addressList(['::/0'])('10.1.2.3')).equal(false);
    expect(addressList(['::/0'])('::ffff:10.1.2.3')).equal(false);
  });

  const refused = {
    'no address': [
      '',
      ' ',
      'localhost',
      '1',
      '167772161',
      '10.1',
      '10.1.',
      '10.1.2',
      '10.1.2.',
      '10.1.2.3.4',
      '.1.2.3.4',
    ],
    'another base': ['0x7f.1', '0x7f.0.0.1', '010.0.0.1', '10.0.0.01', '::ffff:010.0.0.1', '1e1.0.0.1', '+1.0.0.1'],
    'out of bounds': ['10.0.0.256', '10.0.0.0/33', '10.0.0.0/-1', '::1/129', '12345::', '1:2:3:4:5:6:7:8:9'],
    'a broken CIDR range': [
      '10.0.0.0/',
      '/8',
      '10.0.0.0/8/8',
      '10.0.0.0/8x',
      '10.0.0.0/08',
      '10.0.0.0/255.0.0.0',
      '10.1/16',
    ],
    'a mapped address cut in its front': ['::ffff:10.0.0.0/95', '::ffff:10.0.0.0/8'],
    'a broken range': [
      '10.0.0.5-',
      '-10.0.0.5',
      '10.0.0.20-10.0.0.5',
      '2001:db8::20-2001:db8::10',
      '10.0.0.5-20',
      '10.0.0.1-10.0.0.2-10.0.0.3',
      '-',
    ],
    'a range of two families': ['10.0.0.1-2001:db8::1', '::1-10.0.0.1', '::1-::ffff:10.0.0.1'],
    'a mixture': ['10.0.0.0/8-11.0.0.0/8', '10.0.0.0-10.0.0.*', '10.1.*.*/16', '10.1.*.*-10.2.*.*'],
    'a broken wildcard': [
      '*',
      '10.*',
      '10.*.*',
      '10.*.1.*',
      '*.1.2.3',
      '10.1.2.1*',
      '10.1.2.**',
      '10.1.2.3.*',
      '10.1.*.',
      '256.*.*.*',
    ],
    'a wildcard in another base': ['010.1.*.*', '0xa.1.*.*'],
    'an IPv6 wildcard': ['2001:db8::*', '2001:db8:*:*:*:*:*:*', '::ffff:10.1.2.*'],
    'white space': [
      ' 10.0.0.1',
      '10.0.0.1 ',
      '10.0.0.1\n',
      '10.0.0.5 - 10.0.0.20',
      '10.0.0.0/ 8',
      '10.1. *.*',
      '\t::1',
    ],
    'several entries': ['10.0.0.1,10.0.0.2', '10.0.0.1;10.0.0.2', '10.0.0.1 10.0.0.2'],
    'a zone': ['fe80::1%eth0', 'fe80::1%1', 'fe80::%eth0/10', 'fe80::1%a-fe80::2%a', '::1%'],
    'more than an address': ['10.0.0.1:80', '[::1]', '[::1]:80', 'http://10.0.0.1', '!10.0.0.1', '10.0.0.1#a'],
    'endless text': [
      '1'.repeat(100_000),
      `${'0'.repeat(1_000)}::1`,
      `10.0.0.1-${'*'.repeat(100_000)}`,
      '*.'.repeat(50_000),
    ],
  };
  for (const [what, entries] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      for (const text of entries) {
        expect(isAddressRange(text), text.slice(0, 80)).equal(false);
        expect(() => addressList(['10.0.0.1', text]), text.slice(0, 80))
          .throw(TypeError)
          .with.property('message')
          .that.contains(text);
      }
    });
  }

  it('never throws, and takes no text that Node would not', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:/-*%x ') }),
      entry.map(({ text }) => `${text}0`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const address = readAddress(text);
        if (address?.family === 6) expect(isIPv6(text), text).equal(true);
        if (isAddressRange(text) && !/[*/-]/.test(text)) expect(address, text).not.equal(undefined);
      }),
      { numRuns: 2_000 },
    );
  });
});
