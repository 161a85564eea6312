import { expect } from 'chai';
import fc from 'fast-check';
import { LongArrays } from '../../../lib/json/long-arrays.ts';
import { JsonNumber } from '../../../lib/json/number.ts';
import { type ParsedJson, parseJsonBody } from '../../../lib/json/parse.ts';
import { parseJsonInTurns } from '../../../lib/json/parse-in-turns.ts';
import { rejected } from '../caught.ts';
import { ShortTurn } from '../short-turn.ts';

const limits = { jsonDepth: 12, numberDigits: 50 };

/** A text of about so many bytes for each, so that few items are long enough to be cut. */
const filling = 'ü"\\ }],[{'.repeat(700);
const items = (count: number, more: string = '') =>
  Array.from({ length: count }, (_, i) => `{"id":${i},"text":${JSON.stringify(filling)}${more}}`);

/** What both readers make of a text: the same value, or the same fault. */
async function outcome(text: string | Buffer): Promise<ParsedJson | string> {
  const body = Buffer.from(text);
  const turn = new ShortTurn();
  let once: ParsedJson;
  try {
    once = parseJsonBody(body, 'application/json', limits);
  } catch (reason) {
    const fault = await rejected(parseJsonInTurns(body, 'application/json', limits, turn));
    expect(fault).to.deep.include({ code: (reason as typeof fault).code, message: (reason as typeof fault).message });
    expect(fault.issues).to.deep.equal((reason as typeof fault).issues);
    return `${fault.code}: ${fault.message} ${fault.issues.map(({ path }) => path)}`;
  }
  expect(await parseJsonInTurns(body, 'application/json', limits, turn)).to.deep.equal(once);
  return once;
}

/** How many long arrays are found, and in how many pieces each is cut. */
function cuts(text: string): number[] {
  const arrays = new LongArrays(Buffer.from(text), limits);
  while (arrays.goOn());
  return arrays.found.map((array) => array.cuts.length + 1);
}

describe('lib/json/parse-in-turns', function () {
  this.timeout(60_000);
  const list = `[${items(60).join(' , ')}]`;

  it('cuts long arrays between their items, wherever they are', async () => {
    for (const text of [
      list,
      `{"users":${list}}`,
      `{"params":{"users":${list},"also":${list}},"id":1}`,
      `{"params":[${list}, 5],"id":1}`,
      `[1,{"params":{"group":{"users":${list}}}}]`,
    ]) {
      expect(cuts(text).length).to.be.greaterThan(0);
      expect(Math.min(...cuts(text))).to.be.greaterThan(text.includes(', 5]') ? 1 : 3);
      expect(await outcome(text)).to.have.property('plain', true);
    }
  });

  it('prefers the items of a list to the lists in its items', () => {
    const lists = Array.from({ length: 20 }, () => list);
    expect(cuts(`[${lists.join(',')}]`)).to.deep.equal([20]);
    const wide = `[${items(500).join(',')}]`;
    expect(cuts(`{"a":[${wide},${wide}]}`)).to.have.lengthOf(2);
  });

  it('reads documents without long arrays', async () => {
    for (const text of ['{}', '[]', '"x"', '1.50', JSON.stringify({ a: filling.repeat(20) }), ' \ufeff{}'])
      await outcome(text);
    expect(cuts(JSON.stringify({ a: filling.repeat(20), b: [1, 2] }))).to.deep.equal([]);
  });

  it('passes over a byte order mark', async () => {
    expect(await outcome(`\ufeff${list}`)).to.have.property('plain', true);
    expect(await outcome(`\ufeff[\n\n${items(60).join(',')} x]`)).to.match(/line 3/);
  });

  it('keeps numbers that a double would change, wherever they are', async () => {
    const last = `${list.slice(0, -1)},{"id":1.50}]`;
    const parsed = (await outcome(`{"before":0.10,"list":${last},"after":12345678901234567890}`)) as ParsedJson;
    expect(parsed.plain).to.equal(false);
    expect((parsed.value as { list: { id: unknown }[] }).list.at(-1)?.id).to.be.instanceOf(JsonNumber);
    expect((parsed.value as { after: unknown }).after).to.be.instanceOf(JsonNumber);
  });

  const broken: readonly (readonly [what: string, text: string, said: RegExp])[] = [
    ['an item that is none', `{"list":\n[${items(40).join(',\n')},\n{"id":}\n]}`, /malformed: .*line 42, column 7/],
    ['a comma too many at the end', `[${items(60).join(',')},]`, /malformed/],
    ['a comma too many in the middle', `[${items(30).join(',')},,${items(30).join(',')}]`, /malformed/],
    ['a comma too many at the beginning', `[,${items(60).join(',')}]`, /malformed/],
    ['a comma missing', `[${items(30).join(',')} ${items(30).join(',')}]`, /malformed/],
    ['the wrong bracket at the end', `{"list":[${items(60).join(',')}}}`, /malformed/],
    ['wrong brackets in an item', `[${items(60).join(',')},[1},2]`, /malformed/],
    ['no end', `{"list":[${items(60).join(',')}`, /malformed/],
    ['no end after the list', `{"list":[${items(60).join(',')}]`, /malformed/],
    ['something after the list', `{"list":[${items(60).join(',')}]\n, "b" 1}`, /malformed: .*line 2, column 7/],
    ['something after the end', `[${items(60).join(',')}] x`, /malformed/],
    ['too many brackets at the end', `[${items(60).join(',')}]]`, /malformed/],
    ['a name twice in an item', `{"list":[${items(60).join(',')},{"a":1,"a":2}]}`, /invalid-request: .* list\/60\/a/],
    ['a name twice before', `{"b":1,"b":1,"list":[${items(60).join(',')}]}`, /invalid-request: .* b/],
    ['a name twice after', `{"list":[${items(60).join(',')}],"list":[]}`, /invalid-request: .* list/],
    [
      'a name twice beside a number that is kept',
      `[${items(60).join(',')},{"c":1.50,"a":1,"a":2}]`,
      /invalid-request: .* 60\/a/,
    ],
    ['a control character in a text', `[${items(60).join(',')},"\u0001"]`, /malformed/],
    [
      'an item that is too deep',
      `[${items(60).join(',')},${'['.repeat(12)}${']'.repeat(12)}]`,
      /too-large: .*12 levels/,
    ],
    ['a number that is too long', `[${items(60).join(',')},${'1'.repeat(51)}]`, /too-large: .*50 characters/],
  ];
  for (const [what, text, said] of broken) {
    it(`refuses ${what} as the other reader does`, async () => {
      expect(await outcome(text)).to.match(said);
    });
  }

  it('refuses what is not UTF-8, and other encodings', async () => {
    await outcome(Buffer.concat([Buffer.from(list), Buffer.from([0xff])]));
    const fault = await rejected(
      parseJsonInTurns(Buffer.from(list), 'application/json; charset=utf-16', limits, new ShortTurn()),
    );
    expect(fault.code).to.equal('unsupported-encoding');
  });

  it('reads any value as the other reader does, pretty or not (property)', async () => {
    const value = fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(value, fc.nat(3), fc.boolean(), async (some, at, pretty) => {
        const many = Array.from({ length: 24 }, (_, i) => ({ i, filling, some: some[i % some.length] }));
        const whole = [{ many }, [many], many, { a: { b: [many, some] } }][at];
        await outcome(JSON.stringify(whole, null, pretty ? 1 : 0));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what the other reader refuses of texts with a character exchanged (property)', async () => {
    const whole = `{"a":[${items(40, ',"list":[1,2,{"x":null}]').join(',')}],"b":{"c":[true,-1.25e3]}}`;
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.constantFrom(...'{}[],:"\\ 1a\n'), async (at, character) => {
        const body = Buffer.from(whole.slice(0, at) + character + whole.slice(at + 1));
        const none = () => undefined; // of many mistakes, which follow from one, another may be told
        const read = await parseJsonInTurns(body, undefined, limits, new ShortTurn()).catch(none);
        expect(read).to.deep.equal(
          await Promise.resolve(body)
            .then((all) => parseJsonBody(all, undefined, limits))
            .catch(none),
        );
      }),
      { numRuns: 40 },
    );
  });
});
