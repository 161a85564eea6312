import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { joinText } from '../../../lib/chunks.ts';
import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { giving, methodCall, readCall, taking } from './calls.ts';
import { parseValue } from './independent.ts';

const numRuns = Number(process.env['XMLRPC_RUNS'] ?? 300);

/** What XML can carry. */
const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((value) => value.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '<&>'));
const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }).map((value) => new Date(value * 1_000));
const field = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,5}$/),
  fc.constantFrom('constructor', 'toString', 'valueOf', 'hasOwnProperty', 'length', 's', 'o'),
);

/** A type, values of it, and what an independent reader makes of a value. */
interface Kind {
  readonly descriptor: Descriptor;
  readonly values: fc.Arbitrary<unknown>;
  seen(value: unknown): unknown;
  [fc.toStringMethod](): string;
}

const same = (value: unknown) => value;
const kind = (descriptor: Descriptor, values: fc.Arbitrary<unknown>, seen = same): Kind => ({
  descriptor,
  values,
  seen,
  [fc.toStringMethod]: () => JSON.stringify(descriptor),
});
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) =>
    JSON.parse(
      JSON.stringify(value)
        .replace(/\\u(0[01]|d[89a-f]|fff[ef])[0-9a-f]*/g, 'u')
        .replaceAll('-0,', '0,'),
    ),
  )
  .filter((value) => !/[\ufffe\uffff\ud800-\udfff]|\\[bf]|\\u|-0\b/.test(JSON.stringify(value)));

const scalars: readonly Kind[] = [
  kind(t.string(), text),
  kind(t.enum(['a', '<b>', 'ü']), fc.constantFrom('a', '<b>', 'ü')),
  kind(t.boolean(), fc.boolean()),
  kind(t.int(), fc.integer()),
  kind(t.int64(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), String),
  kind(
    t.float(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  ),
  kind(t.decimal(), fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,9})?$/)),
  kind(t.datetime(), seconds, (value) => ({
    dateTime: (value as Date).toISOString().replace(/-|\.000Z/g, ''),
  })),
  kind(
    t.date(),
    seconds.map((value) => value.toISOString().slice(0, 10)),
  ),
  kind(
    t.bytes(),
    fc.uint8Array({ maxLength: 9 }).map((bytes) => new Uint8Array(bytes)),
  ),
  kind(t.json(), json),
];

const record = (value: unknown) => Object.entries(value as object);
const kinds = fc.letrec<{ any: Kind; field: Kind }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: fc.constantFrom(...scalars), weight: 3 },
    { arbitrary: tie('any').map(listOf), weight: 1 },
    { arbitrary: tie('any').map(mapOf), weight: 1 },
    { arbitrary: tie('any').map(nullableOf), weight: 1 },
    { arbitrary: fc.dictionary(field, tie('field'), { maxKeys: 6 }).map(objectOf), weight: 2 },
  ),
  field: fc.oneof(
    { arbitrary: tie('any'), weight: 2 },
    {
      arbitrary: tie('any').map(({ descriptor, values, seen }) => kind(t.optional(descriptor), values, seen)),
      weight: 1,
    },
  ),
}));

function listOf(item: Kind): Kind {
  return kind(t.list(item.descriptor), fc.array(item.values, { maxLength: 4 }), (value) =>
    (value as unknown[]).map(item.seen),
  );
}

function mapOf(value: Kind): Kind {
  const entries = fc.uniqueArray(fc.tuple(fc.oneof(text, field, fc.constant('__proto__')), value.values), {
    maxLength: 4,
    selector: ([key]) => key,
  });
  return kind(t.map(value.descriptor), entries.map(fromEntries), (map) =>
    fromEntries(record(map).map(([key, item]) => [key, value.seen(item)])),
  );
}

const fromEntries = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);

function nullableOf(inner: Kind): Kind {
  if (unwrap(inner.descriptor).nullable) return inner;
  return kind(t.nullable(inner.descriptor), fc.option(inner.values), (value) =>
    value === null ? null : inner.seen(value),
  );
}

function objectOf(fields: Record<string, Kind>): Kind {
  const names = Object.keys(fields);
  const optional = (name: string) => unwrap((fields[name] as Kind).descriptor).optional;
  const nullable = (name: string) => unwrap((fields[name] as Kind).descriptor).nullable;
  const descriptor = t.object('O', Object.fromEntries(names.map((name) => [name, (fields[name] as Kind).descriptor])));
  // an optional member that is null would come back as absent: the protocol has no way to say which
  const values = fc
    .tuple(
      ...names.map((name) =>
        optional(name) ? fc.option((fields[name] as Kind).values, { nil: undefined }) : (fields[name] as Kind).values,
      ),
    )
    .map((list) =>
      fromEntries(
        names
          .map((name, i) => [name, list[i]] as const)
          .filter(([name, value]) => value !== undefined && !(optional(name) && nullable(name) && value === null)),
      ),
    );
  const seen = (value: unknown) =>
    fromEntries(
      record(value)
        .filter(([name, item]) => item !== null || !nullable(name))
        .map(([name, item]) => [name, (fields[name] as Kind).seen(item)]),
    );
  return kind(descriptor, values, seen);
}

const samples = kinds.any.chain((of) => fc.tuple(fc.constant(of), of.values));

describe('XML-RPC values of any type', () => {
  for (const extensions of [false, true]) {
    const note = { multicall: false, extensions };
    it(`come back as they were written${extensions ? ', with extensions' : ''}`, () => {
      fc.assert(
        fc.property(samples, ([{ descriptor }, value]) => {
          const written = joinText(xmlrpc.write(giving(descriptor), value, note));
          expect(written).to.match(/^[\t\n\x20-\x7e]*$/);
          const content = written.slice('<value>'.length, -'</value>'.length);
          const { params, issues } = readCall(
            taking({ first: t.int(), p: descriptor }),
            methodCall('f', '<int>1</int>', content),
          );
          expect(issues).to.deep.equal([]);
          expect(params).to.deep.equal({ first: 1, p: value });
        }),
        { numRuns },
      );
    });
  }

  it('are read by an independent reader', () => {
    fc.assert(
      fc.property(samples, ([{ descriptor, seen }, value]) => {
        const written = joinText(xmlrpc.write(giving(descriptor), value, { multicall: false, extensions: false }));
        expect(parseValue(written)).to.deep.equal(seen(value));
      }),
      { numRuns },
    );
  });
});

describe('XML-RPC decoding is total', () => {
  const pieces = [
    'methodCall',
    'methodName',
    'params',
    'param',
    'value',
    'array',
    'data',
    'struct',
    'member',
    'name',
    'string',
    'int',
    'nil',
  ];
  const piece = fc.oneof(
    fc.constantFrom(...pieces.flatMap((name) => [`<${name}>`, `</${name}>`, `<${name}/>`])),
    fc.constantFrom('system.multicall', 'x', ' ', '1', '&amp;', '&', '<!--c-->', '<![CDATA[x]]>'),
  );
  const shape = t.json();

  it('whatever comes', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (list, multicall) => {
        const head = `<methodCall><methodName>${multicall ? 'system.multicall' : 'f'}</methodName><params><param><value>`;
        for (const body of [
          list.join(''),
          head + list.join(''),
          `${head}${list.join('')}</value></param></params></methodCall>`,
        ]) {
          try {
            readCall(taking({ p: shape }), body);
          } catch (reason) {
            expect(reason === undefined || (reason as Error).name === 'Fault', String(reason)).to.equal(true);
          }
        }
      }),
      { numRuns },
    );
  });
});
