import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import type { ScalarDescriptor } from '../../lib/descriptor.ts';
import { Issues } from '../../lib/issues.ts';
import { readText, type Spelling } from '../../lib/text-value.ts';

const refused = 'refused';

function read(d: ScalarDescriptor, text: string, spelling?: Spelling): unknown {
  const issues = new Issues();
  const value = readText(d, text, issues, spelling);
  return issues.list.length > 0 ? refused : value;
}

const xml = { xml: true, zoneless: 'utc' } as const;
type Row = readonly [text: string, plain: unknown, inXml: unknown];

const tables: readonly (readonly [ScalarDescriptor, readonly Row[]])[] = [
  [
    t.string(),
    [
      [' a ', ' a ', ' a '],
      ['', '', ''],
    ],
  ],
  [
    t.boolean(),
    [
      ['1', true, true],
      ['0', false, false],
      ['true', true, true],
      ['false', false, false],
      [' true\n', refused, true],
      ['TRUE', refused, refused],
      ['yes', refused, refused],
      ['', refused, refused],
      ['2', refused, refused],
    ],
  ],
  [
    t.int(),
    [
      ['0', 0, 0],
      ['-0', 0, 0],
      ['2147483647', 2_147_483_647, 2_147_483_647],
      ['2147483648', refused, refused],
      ['-2147483648', -2_147_483_648, -2_147_483_648],
      ['-2147483649', refused, refused],
      ['007', refused, refused],
      ['0x10', refused, refused],
      ['1e3', refused, refused],
      [' 5', refused, 5],
      ['5.0', refused, refused],
      ['+5', refused, 5],
      ['', refused, refused],
      ['-', refused, refused],
      ['٣', refused, refused],
      ['9'.repeat(400), refused, refused],
      ['\u00a05', refused, refused],
      ['1_000', refused, refused],
      ['1,000', refused, refused],
    ],
  ],
  [
    t.int64(),
    [
      ['9223372036854775807', 2n ** 63n - 1n, 2n ** 63n - 1n],
      ['9223372036854775808', refused, refused],
      ['-9223372036854775808', -(2n ** 63n), -(2n ** 63n)],
      ['-9223372036854775809', refused, refused],
      ['9007199254740993', 9_007_199_254_740_993n, 9_007_199_254_740_993n],
      ['+9223372036854775807', refused, 2n ** 63n - 1n],
      ['007', refused, refused],
      ['5n', refused, refused],
      ['0b1', refused, refused],
      ['9'.repeat(5_000), refused, refused],
      ['-0', 0n, 0n],
    ],
  ],
  [
    t.float(),
    [
      ['1.5', 1.5, 1.5],
      ['1e3', 1_000, 1_000],
      ['-1.5E-3', -0.0015, -0.0015],
      ['.5', 0.5, 0.5],
      ['INF', refused, refused],
      ['NaN', refused, refused],
      ['Infinity', refused, refused],
      ['1e400', refused, refused],
      ['0x10', refused, refused],
      ['', refused, refused],
      ['.', refused, refused],
      ['1e', refused, refused],
      ['1'.repeat(1_001), refused, refused],
    ],
  ],
  [
    t.decimal(),
    [
      ['1.50', '1.50', '1.50'],
      ['.5', '0.5', '0.5'],
      ['-.5', '-0.5', '-0.5'],
      ['5.', refused, '5'],
      ['+1.0', refused, '1.0'],
      ['1e3', refused, refused],
      ['0.10000000000000000001', '0.10000000000000000001', '0.10000000000000000001'],
      ['9'.repeat(1_000), '9'.repeat(1_000), '9'.repeat(1_000)],
      ['9'.repeat(1_001), refused, refused],
      ['', refused, refused],
    ],
  ],
  [
    t.date(),
    [
      ['2026-02-28', '2026-02-28', '2026-02-28'],
      ['2026-02-29', refused, refused],
      ['2026-02-28Z', refused, '2026-02-28'],
      ['2026-02-28+05:00', refused, '2026-02-28'],
      ['20260228', refused, refused],
      ['2026-13-01', refused, refused],
    ],
  ],
  [
    t.bytes(),
    [
      ['', new Uint8Array(), new Uint8Array()],
      ['AAE=', new Uint8Array([0, 1]), new Uint8Array([0, 1])],
      ['AAE', refused, refused],
      ['A A E =', refused, new Uint8Array([0, 1])],
      ['AA-_', refused, refused],
      ['====', refused, refused],
      ['AAE=AAE=', refused, refused],
    ],
  ],
];

const moments: readonly (readonly [text: string, plain: string | undefined, inXml: string | undefined])[] = [
  ['2026-02-28T12:34:56Z', '2026-02-28T12:34:56.000Z', '2026-02-28T12:34:56.000Z'],
  ['2026-02-28t12:34:56z', '2026-02-28T12:34:56.000Z', '2026-02-28T12:34:56.000Z'],
  ['2026-02-28T12:34:56.7899999999Z', '2026-02-28T12:34:56.789Z', '2026-02-28T12:34:56.789Z'],
  ['2026-02-28T12:34:56.7Z', '2026-02-28T12:34:56.700Z', '2026-02-28T12:34:56.700Z'],
  ['2026-02-28T12:34:56+05:30', '2026-02-28T07:04:56.000Z', '2026-02-28T07:04:56.000Z'],
  ['2026-02-28T12:34:56', undefined, '2026-02-28T12:34:56.000Z'],
  ['2026-12-31T24:00:00Z', undefined, '2027-01-01T00:00:00.000Z'],
  ['2026-12-31T24:00:01Z', undefined, undefined],
  ['2026-02-30T00:00:00Z', undefined, undefined],
  ['2026-02-28T12:34:60Z', undefined, undefined],
  ['2026-02-28 12:34:56Z', undefined, undefined],
  ['0001-01-01T00:00:00+14:00', undefined, undefined],
  ['9999-12-31T23:59:59-01:00', undefined, undefined],
  ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z', '0099-01-01T00:00:00.000Z'],
  ['2026-02-28T12:34:56+14:00', '2026-02-27T22:34:56.000Z', '2026-02-27T22:34:56.000Z'],
  ['2026-02-28T12:34:56+23:59', '2026-02-27T12:35:56.000Z', undefined],
  ['2026-02-28T12:34:56-24:00', undefined, undefined],
  ['2026-02-28', undefined, undefined],
  ['now', undefined, undefined],
  ['0', undefined, undefined],
];

describe('lib/text-value', () => {
  for (const [descriptor, rows] of tables) {
    for (const [text, plain, inXml] of rows) {
      it(`reads ${JSON.stringify(text.slice(0, 30))} as ${descriptor.kind}`, () => {
        expect(read(descriptor, text)).eql(plain);
        expect(read(descriptor, text, xml)).eql(inXml);
      });
    }
  }

  for (const [text, plain, inXml] of moments) {
    it(`reads ${text} as datetime`, () => {
      expect(read(t.datetime(), text)).eql(plain === undefined ? refused : new Date(plain));
      expect(read(t.datetime(), text, xml)).eql(inXml === undefined ? refused : new Date(inXml));
    });
  }

  it('reads base64 of megabytes without running out of stack', () => {
    const text = Buffer.alloc(6_000_000, 7).toString('base64');
    expect((read(t.bytes(), text) as Uint8Array).length).equal(6_000_000);
  });

  it('gives no negative zero for whole numbers', () => {
    expect(Object.is(read(t.int(), '-0'), 0)).equal(true);
  });
});
