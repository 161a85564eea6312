import { type Descriptor, t } from '../../index.ts';

/** Values of one kind that clients take over the wire and send back, by name. */
export interface Shape {
  readonly name: string;
  readonly descriptor: Descriptor;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A text with what protocols like to break: accents, markup, the end of CDATA, a character beyond the BMP. */
export const oddText = 'Zoë & <Bob> ]]> \u{1F600}';

const Module = t.object('Module', { id: t.int64(), tags: t.list(t.string()), marks: t.map(t.int()) });
const Section = t.object('Section', { title: t.string(), modules: t.list(Module) });
const Course = t.object('Course', { name: t.string(), sections: t.list(Section) });
const Holder = t.object('Holder', { id: t.int(), note: t.nullable(t.string()) });
const Choice = t.object('Choice', { id: t.int(), label: t.optional(t.string()) });
const Entry = t.object('Entry', {
  id: t.int(),
  username: t.string(),
  email: t.string(),
  grade: t.float(),
  active: t.boolean(),
});

const course = {
  name: oddText,
  sections: [
    {
      title: 'One',
      modules: [
        { id: 9_007_199_254_740_993n, tags: ['a', 'b'], marks: { ana: 1, 'zoë b': -2 } },
        { id: 0n, tags: [], marks: {} },
      ],
    },
    { title: 'Two', modules: [{ id: -1n, tags: ['only'], marks: { one: 1 } }] },
  ],
};

const entries = Array.from({ length: 1_000 }, (_, i) => ({
  id: i + 1,
  username: i % 10 === 0 ? `Zoë & <${i}>` : `user${i}`,
  email: `user${i}@example.org`,
  grade: i / 4,
  active: i % 3 === 0,
}));

/** Every kind of the table of values at its edges. */
export const shapes: readonly Shape[] = [
  { name: 'string', descriptor: t.string(), values: { odd: oddText, empty: '', lines: ' two\n lines\tand  spaces ' } },
  { name: 'boolean', descriptor: t.boolean(), values: { true: true, false: false } },
  { name: 'int', descriptor: t.int(), values: { greatest: 2_147_483_647, least: -2_147_483_648 } },
  { name: 'int64', descriptor: t.int64(), values: { greatest: 2n ** 63n - 1n, least: -(2n ** 63n) } },
  { name: 'float', descriptor: t.float(), values: { tenth: 0.1, tiny: 1.5e-7, large: -1.25e21 } },
  { name: 'decimal', descriptor: t.decimal(), values: { exact: '0.10000000000000000001' } },
  { name: 'date', descriptor: t.date(), values: { last: '9999-12-31' } },
  {
    name: 'datetime',
    descriptor: t.datetime(),
    values: { plain: new Date('2026-02-28T12:34:56Z'), last: new Date('9999-12-31T23:59:59.999Z') },
  },
  {
    name: 'bytes',
    descriptor: t.bytes(),
    values: { empty: new Uint8Array(), all: Uint8Array.from({ length: 256 }, (_, i) => i) },
  },
  { name: 'enum', descriptor: t.enum(['red', 'green', 'blue']), values: { green: 'green' } },
  { name: 'list', descriptor: t.list(t.string()), values: { empty: [], one: ['only'], many: ['a', '', oddText] } },
  { name: 'map', descriptor: t.map(t.int()), values: { two: { one: 1, 'zoë b': -2 } } },
  { name: 'object', descriptor: Course, values: { deep: course } },
  { name: 'json', descriptor: t.json(), values: { any: { any: ['thing', 1, null, { deep: oddText }] } } },
  { name: 'nullable', descriptor: Holder, values: { null: { id: 1, note: null }, value: { id: 2, note: 'here' } } },
  { name: 'optional', descriptor: Choice, values: { absent: { id: 1 }, value: { id: 2, label: 'here' } } },
  { name: 'records', descriptor: t.list(Entry), values: { thousand: entries } },
];

/** What a value is once a protocol has carried it, where that is less than it was (DESIGN §3). */
export function carried(protocol: string, value: unknown): unknown {
  return protocol === 'xmlrpc' && value instanceof Date ? new Date(Math.trunc(value.getTime() / 1_000) * 1_000) : value;
}

/** A name of a value: `int64.greatest`. */
export const valueNames: readonly string[] = shapes.flatMap(({ name, values }) =>
  Object.keys(values).map((value) => `${name}.${value}`),
);
