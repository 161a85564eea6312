import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';

const Point = t.object('Point', { x: t.int(), y: t.int(), label: t.optional(t.string()) });

/** An object with a field of every kind, plain and wrapped. */
const Kinds = t.object('Kinds', {
  string: t.string({ description: 'The text that was sent.' }),
  boolean: t.boolean(),
  int: t.int(),
  int64: t.int64({ description: 'The largest number of 64 bits.' }),
  float: t.float(),
  decimal: t.decimal(),
  date: t.date(),
  datetime: t.datetime(),
  bytes: t.bytes(),
  enum: t.enum(['red', 'green', 'blue']),
  list: t.list(t.string()),
  map: t.map(t.int()),
  object: Point,
  json: t.json(),
  nullable: t.nullable(t.string()),
  optional: t.optional(t.string()),
});

export const kinds = define('test.kinds', {
  description: 'Answers an object with a value of every kind, the text that was sent among them.',
  effect: 'read',
  params: { value: t.string({ description: 'Any text.' }) },
  returns: Kinds,
  examples: [{ params: { value: 'hello' } }],
  handler: ({ value }) => ({
    string: value,
    boolean: true,
    int: 42,
    int64: 9_223_372_036_854_775_807n,
    float: 0.5,
    decimal: '0.10000000000000000001',
    date: '2026-02-28',
    datetime: new Date('2026-02-28T12:34:56.789Z'),
    bytes: new TextEncoder().encode(value),
    enum: 'green' as const,
    list: [value, ''],
    map: { one: 1, two: 2 },
    object: { x: 1, y: -1 },
    json: { any: ['thing', 1, null] },
    nullable: null,
  }),
});
