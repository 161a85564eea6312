import { expect } from 'chai';
import fc from 'fast-check';
import { JsonNumber } from '../../../lib/json/number.ts';
import { parseJson, parseJsonBody } from '../../../lib/json/parse.ts';
import { leeway } from '../../processes/patience.ts';
import { caught } from '../caught.ts';

const limits = { jsonDepth: 100, numberDigits: 1_000 };
const parse = (text: string) => parseJson(text, limits).value;
const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** Puts doubles in the place of exact numbers, so that the value can be compared with JSON.parse's. */
function plain(value: unknown): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(copy, key, { value: plain(item), enumerable: true, writable: true, configurable: true });
  return copy;
}

/** Every number of a value as text, in order. */
function numbers(value: unknown): string[] {
  if (value instanceof JsonNumber) return [value.text];
  if (typeof value === 'number') return [Object.is(value, -0) ? '-0' : String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbers);
}

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const token = fc
  .tuple(
    fc.boolean(),
    digits(1, 25),
    fc.option(digits(1, 25)),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), digits(1, 3))),
  )
  .map(([minus, whole, fraction, exponent]) => {
    const trimmed = whole.replace(/^0+(?=.)/, '');
    return `${minus ? '-' : ''}${trimmed}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : exponent.join('')}`;
  });

describe('lib/json/parse', () => {
  it('reads what JSON.parse reads (property)', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const value = JSON.parse(text) as unknown;
        const written = JSON.stringify(value, null, indent);
        expect(plain(parse(written))).eql(value);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with JSON.parse about what is JSON at all (property)', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '0',
      '01',
      '1.',
      '.5',
      'e1',
      'true',
      'nul',
      'null',
      ' ',
      '\n',
      '"',
      '\\',
      "'",
      '\u00a0',
      '+1',
      '"\\u0061"',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
        const text = parts.join('');
        let value: unknown;
        let valid = true;
        try {
          value = JSON.parse(text);
        } catch {
          valid = false;
        }
        if (!valid) expect(caught(() => parse(text)).code, text).oneOf(['malformed', 'too-large', 'invalid-request']);
        else {
          const duplicate = /"a".*"(?:a|\\u0061)"|"\\u0061".*"(?:a|\\u0061)"|"b".*"b"/s.test(text);
          if (!duplicate) expect(plain(parse(text)), text).eql(value);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps numbers digit by digit (property)', () => {
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 5 }), (tokens) => {
        expect(numbers(parse(`[${tokens.join(' ,')}]`))).eql(tokens);
        expect(numbers(parse(`{"a":{"b":[${tokens.join(',')}]}}`))).eql(tokens);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the numbers that String() writes otherwise', () => {
    for (const text of [
      '0.0000001',
      '-0',
      '-0.0',
      '1.0',
      '1e3',
      '0.10',
      '9007199254740993',
      '1E400',
      '0e0',
      '123456789012345678901234',
    ])
      expect(numbers(parse(text)), text).eql([text]);
  });

  it('refuses a level too many, whatever opens it', () => {
    expect(() => parse(nest(100))).not.throw();
    expect(caught(() => parse(nest(101))).code).equal('too-large');
    expect(caught(() => parse('{"a":'.repeat(101) + 1 + '}'.repeat(101))).message).contain('100');
    expect(caught(() => parse('['.repeat(1_000_000))).code).equal('too-large');
    expect(() => parse(`["${'['.repeat(500)}"]`)).not.throw();
    expect(() => parse(`[${'[],'.repeat(500)}[]]`)).not.throw();
    expect(caught(() => parse(`[${'1e5,'.repeat(10)}${nest(100)}]`)).code).equal('too-large');
  });

  it('refuses a number of 1,001 characters', () => {
    expect(numbers(parse('1'.repeat(1_000)))).eql(['1'.repeat(1_000)]);
    expect(caught(() => parse('1'.repeat(1_001))).code).equal('too-large');
    expect(caught(() => parse(`[-0.${'1'.repeat(998)}]`)).code).equal('too-large');
    expect(() => parse(`"${'1'.repeat(5_000)}"`)).not.throw();
  });

  for (const [text, path] of [
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":[0,{"b":1,"b":1}]}', 'x/1/b'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
    ['[{"a":1e5,"a":2}]', '0/a'],
    ['{"a":{"a":1},"\\u0061":{}}', 'a'],
  ] as const) {
    it(`refuses the duplicate in ${text}`, () => {
      const fault = caught(() => parse(text));
      expect(fault.code).equal('invalid-request');
      expect(fault.issues.map((issue) => issue.path)).eql([path]);
    });
  }

  it('takes names that look like duplicates and are none', () => {
    expect(parse('[{"a":1},{"a":2}]')).eql([{ a: 1 }, { a: 2 }]);
    expect(parse('{"a":{"a":1},"A":1}')).eql({ a: { a: 1 }, A: 1 });
    expect(parse('{"a":"b:c","d":":"}')).eql({ a: 'b:c', d: ':' });
  });

  for (const text of ['{"__proto__":{"polluted":1}}', '{"__proto__":{"polluted":1},"n":1e5}']) {
    it(`keeps __proto__ as an own key in ${text}`, () => {
      const value = parse(text) as Record<string, unknown>;
      expect(Object.hasOwn(value, '__proto__')).equal(true);
      expect(Object.getPrototypeOf(value)).equal(Object.prototype);
      expect((value as { polluted?: unknown }).polluted).equal(undefined);
      expect(({} as { polluted?: unknown }).polluted).equal(undefined);
    });
  }
});

describe('lib/json/parse faults', () => {
  for (const [text, place] of [
    ['', 'line 1, column 1'],
    ['[1,]', 'line 1, column 4'],
    ['{\n  "a": tru\n}', 'line 2, column 8'],
    ['[1]\n\nx', 'line 3, column 1'],
    ['{"a" 1}', 'line 1, column 6'],
    ['[01]', 'line 1, column 3'],
    ['[1e5, "a\nb"]', 'line 1, column 7'],
  ] as const) {
    it(`says where ${JSON.stringify(text)} breaks`, () => {
      const fault = caught(() => parse(text));
      expect(fault.code).equal('malformed');
      expect(fault.message).contain(place);
    });
  }

  it('shows nothing of the text', () => {
    const fault = caught(() => parse('{"password":"secret" x}'));
    expect(`${fault.message} ${String(fault.cause)}`).not.contain('secret');
  });

  it('decodes UTF-8 only, a byte order mark set aside', () => {
    const body = (text: string, contentType?: string) => parseJsonBody(Buffer.from(text), contentType, limits).value;
    expect(body('\ufeff{"a":"é"}')).eql({ a: 'é' });
    expect(body('{}', 'application/json; charset=UTF-8')).eql({});
    expect(body('{}', 'application/json; charset="utf8"; x=y')).eql({});
    expect(caught(() => body('{}', 'application/json;charset=latin1')).code).equal('unsupported-encoding');
    for (const bytes of [[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xff], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80]]) {
      const broken = Buffer.from([0x22, ...bytes, 0x22]);
      expect(caught(() => parseJsonBody(broken, undefined, limits)).code).equal('invalid-encoding');
    }
  });

  it('reads strings of megabytes on the exact way', () => {
    const long = 'é\\n'.repeat(2_000_000);
    expect((parse(`["${long}",1e5]`) as unknown[])[0]).have.length(4_000_000);
    const wide = 'x'.repeat(8_000_000);
    expect((parse(`["${wide}",1e5]`) as unknown[])[0]).have.length(8_000_000);
  });

  it('reads a hostile body of a mebibyte in less than two seconds', () => {
    const started = performance.now();
    const items = '1e1,'.repeat(260_000);
    parse(`${'['.repeat(99)}[${items}0]${']'.repeat(99)}`);
    caught(() => parse(`{${'"a":1,'.repeat(170_000)}"a":1}`));
    expect(performance.now() - started).below(2_000 * leeway());
  });
});
