import { type AnyFunction, define, t } from '../../../index.ts';
import { createCatalog } from '../../../lib/catalog.ts';
import { readSettings } from '../../../lib/settings.ts';
import { createSite, type Site } from '../../../lib/site.ts';

const Inner = t.object('Inner', { n: t.int(), label: t.optional(t.string()) });

/** A field of every kind, plain, wrapped and nested. */
const fields = {
  string: t.string(),
  boolean: t.boolean(),
  int: t.int({ max: 2_000_000_000 }),
  int64: t.int64(),
  float: t.float(),
  decimal: t.decimal(),
  date: t.date(),
  datetime: t.datetime(),
  bytes: t.bytes({ max: 40 }),
  enum: t.enum(['red', 'green & <blue>', '']),
  list: t.list(t.string()),
  grid: t.list(t.list(t.int(), { max: 5 })),
  map: t.map(t.int()),
  maps: t.map(t.list(Inner)),
  object: Inner,
  json: t.json(),
  nullable: t.nullable(t.int()),
  optional: t.optional(t.datetime()),
  preset: t.default(t.int(), 7),
};
export const Everything = t.object('Everything', fields);

/** What the last handler got, of the type `Everything`; undefined if none was called. */
export const seizure: { params: unknown; calls: number } = { params: undefined, calls: 0 };

/** Takes note of what the handler got, and gives it back; long lists are cut, as long results are answered in turns. */
function seize<T extends object>(params: T): T {
  seizure.params = params;
  seizure.calls++;
  const cut = (value: unknown) => (Array.isArray(value) ? value.slice(0, 1_000) : value);
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, cut(value)])) as T;
}

/** One parameter that holds everything, called as results are in SOAP. */
export const whole = define('fuzz.whole', {
  description: 'Answers everything.',
  effect: 'read',
  params: { result: Everything },
  returns: Everything,
  handler: ({ result }) => seize(result) as never,
}) as unknown as AnyFunction;

const each = define('fuzz.fields', {
  description: 'Takes everything one by one, by name or position.',
  effect: 'read',
  params: fields,
  returns: Everything,
  aliases: { aka: 'string' },
  handler: (params) => seize(params) as never,
}) as unknown as AnyFunction;

const nothing = define('nothing', {
  description: 'Takes and gives nothing.',
  effect: 'read',
  params: {},
  handler: () => undefined,
}) as unknown as AnyFunction;

/** A site with these functions, all on. */
export function fuzzSite(): Site {
  const functions = [whole, each, nothing];
  return createSite(
    createCatalog(functions),
    readSettings({
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
      enabledwsfunctions: functions.map(({ name }) => name),
    }),
  );
}
