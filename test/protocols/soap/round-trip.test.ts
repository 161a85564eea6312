import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { createCatalog } from '../../../lib/catalog.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import { type Descriptor, type Fields, unwrap } from '../../../lib/descriptor.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { xsdType } from '../../../wsdl/names.ts';
import { find, type Item, infoset } from './infoset.ts';
import { answer, encoding11, message11, message12, messageEncoded, post, siteOf, soap12Type, xsi } from './messages.ts';

const names = fc.constantFrom(
  'a',
  'b',
  'item',
  'key',
  'value',
  'entry',
  'result',
  'constructor',
  'toString',
  'id',
  'href',
  'x_1',
);
const scalars = fc.constantFrom<Descriptor>(
  t.string(),
  t.boolean(),
  t.int(),
  t.int64(),
  t.float(),
  t.decimal(),
  t.date(),
  t.datetime(),
  t.bytes(),
  t.enum(['red', 'green & blue', '']),
  t.json(),
);

let count = 0;

const { any: descriptors } = fc.letrec<{ any: Descriptor; plain: Descriptor; field: Descriptor; fields: Fields }>(
  (tie) => ({
    any: fc.oneof(
      { weight: 3, arbitrary: tie('plain') },
      { weight: 1, arbitrary: tie('plain').map((d) => t.nullable(d)) },
    ),
    plain: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'd' },
      scalars,
      tie('any').map((d) => t.list(d)),
      tie('any').map((d) => t.map(d)),
      tie('fields').map((fields) => t.object(`Type${count++}`, fields)),
    ),
    field: fc.oneof(
      { weight: 3, arbitrary: tie('any') },
      { weight: 1, arbitrary: tie('any').map((d) => t.optional(d)) },
    ),
    fields: fc.dictionary(names, tie('field'), {
      minKeys: 1,
      maxKeys: 5,
      noNullPrototype: true,
    }) as fc.Arbitrary<Fields>,
  }),
);

const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((s) => s.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '-'));
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor'));

/** Values that fit a descriptor. */
function valuesOf(descriptor: Descriptor): fc.Arbitrary<unknown> {
  const { core, nullable, optional } = unwrap(descriptor);
  let value = coreValue(core);
  if (nullable) value = fc.option(value, { freq: 3 });
  return optional ? fc.option(value, { nil: undefined, freq: 3 }) : value;
}

function coreValue(core: ReturnType<typeof unwrap>['core']): fc.Arbitrary<unknown> {
  switch (core.kind) {
    case 'string':
      return text;
    case 'boolean':
      return fc.boolean();
    case 'int':
      return fc.integer();
    case 'int64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'float':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
    case 'decimal':
      return fc.tuple(fc.integer(), fc.nat()).map(([whole, rest]) => `${whole}.${rest}`);
    case 'date':
      return moments.map((at) => at.toISOString().slice(0, 10));
    case 'datetime':
      return moments;
    case 'bytes':
      return fc.uint8Array({ maxLength: 20 });
    case 'enum':
      return fc.constantFrom(...core.values);
    case 'json':
      return fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)));
    case 'list':
      return fc.array(valuesOf(core.item), { maxLength: 4 });
    case 'map':
      return fc
        .array(fc.tuple(key, valuesOf(core.value)), { maxLength: 4 })
        .map((entries) => Object.fromEntries(entries));
    case 'object':
      return fc
        .tuple(
          ...Object.entries(core.fields).map(([name, field]) => valuesOf(field).map((value) => [name, value] as const)),
        )
        .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
  }
}

const moments = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});

const pairs = descriptors.chain((descriptor) => valuesOf(descriptor).map((value) => ({ descriptor, value })));

/** Writes a value as a result, sends that back as the parameter of the same name, and says what arrived. */
function there(descriptor: Descriptor, value: unknown, style: 'literal' | 'encoded' | 'soap12'): unknown {
  let got: unknown;
  const fn = define('carry', {
    description: 'Carries.',
    effect: 'read',
    params: { result: descriptor },
    returns: descriptor,
    handler: ({ result }) => {
      got = result;
      return result as never;
    },
  }) as unknown as AnyFunction;
  const encoded = style === 'encoded';
  const written = soap.write(fn, value, { version: '1.1', style: encoded ? 'encoded' : 'literal' });
  const spaces = `xmlns:tns="urn:polywire" xmlns:soapenc="${encoding11}" xmlns:xsi="${xsi}"`;
  const body = `<tns:carry ${spaces}>${written}</tns:carry>`;
  const site = siteOf([fn]);
  const [first, second] = [encoded ? messageEncoded(body) : style === 'soap12' ? message12(body) : message11(body)]
    .map((message) => answer(site, post(message, style === 'soap12' ? soap12Type : {})))
    .flatMap((told) => [told.fault?.message, told.text]);
  expect(first, JSON.stringify(second)).to.equal(undefined);
  expect(second).to.include(written);
  if (encoded) checkTypes(find(infoset(second ?? ''), 'result') as Item, descriptor, 'carryResponse_result');
  return got;
}

/** Every value says the type that the WSDL declares for it; nil is no value (SOAP 1.1 §5.1). */
function checkTypes(item: Item, descriptor: Descriptor, scope: string): void {
  const { uri, local } = xsdType(descriptor, scope);
  const isNil = item.attributes[`{${xsi}}nil`] === 'true';
  const namespace = uri === 'xsd' ? 'http://www.w3.org/2001/XMLSchema' : 'urn:polywire';
  expect(item.attributes[`{${xsi}}type`]).to.equal(isNil ? undefined : `{${namespace}}${local}`);
  const { core } = unwrap(descriptor);
  if (core.kind === 'list') for (const child of item.children) checkTypes(child, core.item, scope);
  if (core.kind !== 'object') return;
  for (const child of item.children) {
    const name = child.name.slice(2);
    checkTypes(child, core.fields[name] as Descriptor, `${core.name}_${name}`);
  }
}

describe('soap round trip', function () {
  this.timeout(30_000);

  for (const style of ['literal', 'soap12', 'encoded'] as const) {
    it(`carries any value of any type there and back (${style})`, () => {
      fc.assert(
        fc.property(pairs, ({ descriptor, value }) => {
          expect(there(descriptor, value, style)).to.deep.equal(value);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('takes the members of an object in any order', () => {
    const members = ['<a>1</a>', '<b>x</b>', '<c><item>1</item></c>', '<d>true</d>'];
    const type = t.object('Any', { a: t.int(), b: t.string(), c: t.list(t.int()), d: t.boolean() });
    let got: unknown;
    const fn = define('take', {
      description: 'Takes.',
      effect: 'read',
      params: { v: type },
      handler: ({ v }) => {
        got = v;
        return undefined;
      },
    });
    const site = siteOf([fn]);
    expect(createCatalog([fn] as unknown as AnyFunction[]).functions).to.have.length(1);
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 4 }), (order) => {
        got = undefined;
        answer(site, post(message11(`<p:take xmlns:p="urn:polywire"><v>${order.join('\n ')}</v></p:take>`)));
        expect(got).to.deep.equal({ a: 1, b: 'x', c: [1], d: true });
      }),
      { numRuns: 50 },
    );
  });

  it('answers whatever is done to a message', () => {
    const fn = define('take', {
      description: 'Takes.',
      effect: 'read',
      params: { v: t.list(t.map(t.int())) },
      handler: () => undefined,
    });
    const site = siteOf([fn]);
    const body =
      '<p:take xmlns:p="urn:polywire"><v><item id="i"><entry><key>k</key><value>1</value></entry></item><item href="#i"/></v></p:take>';
    for (const message of [message11(body), message12(body), messageEncoded(body)]) {
      fc.assert(
        fc.property(fc.nat(message.length), fc.nat(40), fc.string({ maxLength: 6 }), (at, length, insert) => {
          const { text } = answer(site, post(message.slice(0, at) + insert + message.slice(at + length)));
          infoset(text);
        }),
        { numRuns: 200 },
      );
    }
  });
});
