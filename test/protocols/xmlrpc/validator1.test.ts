import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import type { Descriptor, Fields } from '../../../lib/descriptor.ts';
import { answerOf, array, methodCall, siteOf, struct } from './calls.ts';

// UserLand's "validator1" suite (http://www.xmlrpc.com/validator1Docs): what each function does is theirs, free to use; the
// values are our own.

const validator = (
  name: string,
  params: Fields,
  returns: Descriptor,
  handler: (params: never) => unknown,
): AnyFunction =>
  define(`validator1.${name}`, { description: name, effect: 'read', params, returns, handler } as never) as AnyFunction;

const Stooges = t.object('Stooges', { moe: t.int(), larry: t.int(), curly: t.int() });
const Counts = t.object('Counts', {
  ctLeftAngleBrackets: t.int(),
  ctRightAngleBrackets: t.int(),
  ctAmpersands: t.int(),
  ctApostrophes: t.int(),
  ctQuotes: t.int(),
});
const Times = t.object('Times', { times10: t.int(), times100: t.int(), times1000: t.int() });
type Three = { readonly moe: number; readonly larry: number; readonly curly: number };
const count = (text: string, character: string) => text.split(character).length - 1;

const site = siteOf([
  validator('arrayOfStructsTest', { a: t.list(Stooges) }, t.int(), ({ a }: { a: Three[] }) =>
    a.reduce((sum, { curly }) => sum + curly, 0),
  ),
  validator('countTheEntities', { s: t.string() }, Counts, ({ s }: { s: string }) => ({
    ctLeftAngleBrackets: count(s, '<'),
    ctRightAngleBrackets: count(s, '>'),
    ctAmpersands: count(s, '&'),
    ctApostrophes: count(s, "'"),
    ctQuotes: count(s, '"'),
  })),
  validator('easyStructTest', { s: Stooges }, t.int(), ({ s }: { s: Three }) => s.moe + s.larry + s.curly),
  validator('echoStructTest', { s: t.json() }, t.json(), ({ s }: { s: unknown }) => s),
  validator(
    'manyTypesTest',
    { n: t.int(), b: t.boolean(), s: t.string(), d: t.float(), at: t.datetime(), bin: t.bytes() },
    t.json(),
    (p: Record<string, unknown>) => [
      p['n'],
      p['b'],
      p['s'],
      p['d'],
      (p['at'] as Date).toISOString(),
      Buffer.from(p['bin'] as Uint8Array).toString('base64'),
    ],
  ),
  validator(
    'moderateSizeArrayCheck',
    { a: t.list(t.string()) },
    t.string(),
    ({ a }: { a: string[] }) => `${a.at(0)}${a.at(-1)}`,
  ),
  validator(
    'nestedStructTest',
    { days: t.map(t.map(t.map(Stooges))) },
    t.int(),
    ({ days }: { days: Record<string, Record<string, Record<string, Three>>> }) => {
      const { moe = 0, larry = 0, curly = 0 } = days['2000']?.['04']?.['01'] ?? {};
      return moe + larry + curly;
    },
  ),
  validator('simpleStructReturnTest', { n: t.int() }, Times, ({ n }: { n: number }) => ({
    times10: n * 10,
    times100: n * 100,
    times1000: n * 1000,
  })),
]);

const stooges = (moe: number, larry: number, curly: number) =>
  struct(['moe', `<i4>${moe}</i4>`], ['larry', `<int>${larry}</int>`], ['curly', `<i4>${curly}</i4>`]);

const cases: readonly (readonly [name: string, params: readonly string[], expected: unknown])[] = [
  ['arrayOfStructsTest', [array(stooges(11, 12, 13), stooges(-5, 0, -6), stooges(0, 0, 100))], 107],
  [
    'countTheEntities',
    ["a&lt;&lt;b&amp;'&gt;&apos;&quot;c&#38;&#x26;"],
    { ctLeftAngleBrackets: 2, ctRightAngleBrackets: 1, ctAmpersands: 3, ctApostrophes: 2, ctQuotes: 1 },
  ],
  ['easyStructTest', [stooges(20, 30, -8)], 42],
  [
    'echoStructTest',
    [struct(['b c', stooges(1, 2, 3)], ['', 'untyped'], ['ü<'.replace('<', '&lt;'), struct(['€', '<string/>'])])],
    { 'b c': { moe: 1, larry: 2, curly: 3 }, '': 'untyped', 'ü<': { '€': '' } },
  ],
  [
    'manyTypesTest',
    [
      '<int>7</int>',
      '<boolean>0</boolean>',
      '<string>x</string>',
      '<double>2.5</double>',
      '<dateTime.iso8601>20010203T04:05:06</dateTime.iso8601>',
      '<base64>aGk=</base64>',
    ],
    [7, false, 'x', 2.5, '2001-02-03T04:05:06.000Z', 'aGk='],
  ],
  ['moderateSizeArrayCheck', [array(...Array.from({ length: 150 }, (_, i) => `<string>s${i};</string>`))], 's0;s149;'],
  ['nestedStructTest', [struct(['2000', struct(['04', struct(['01', stooges(1, 2, 4)])])])], 7],
  ['simpleStructReturnTest', ['<i4>-3</i4>'], { times10: -30, times100: -300, times1000: -3000 }],
];

describe('validator1', () => {
  for (const [name, params, expected] of cases) {
    it(name, async () => {
      expect(await answerOf(site, methodCall(`validator1.${name}`, ...params))).to.deep.equal({ value: expected });
    });
  }
});
