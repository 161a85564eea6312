import type { Sample } from '../../console/explorer/code/sample.ts';
import { requestOf } from '../../console/explorer/wire/request.ts';
import { waysOf } from '../../console/explorer/wire/ways.ts';
import { type AnyFunction, define, t } from '../../index.ts';
import { exportCatalog } from '../../lib/exported/export.ts';

/** A text with what shells and languages like to take for something else; XML can carry it. */
export const nasty = `it's "q" \\ \\n $HOME \${x} {$y} #{z} %s \`w\` é 😀 </b> ]]> & \u2028 \u0085 * ~ !\n\tend\\`;

const Inner = t.object('Inner', { class: t.string(), many: t.list(t.list(t.string())), none: t.optional(t.int()) });

/** What handlers got last. */
export const got: { params?: Readonly<Record<string, unknown>> } = {};

/** Takes a value of every kind. */
export const take = define('code.take', {
  description: 'Takes what it gets.',
  effect: 'write',
  params: {
    text: t.string(),
    flag: t.optional(t.boolean()),
    small: t.optional(t.int()),
    big: t.optional(t.int64()),
    ratio: t.optional(t.float()),
    money: t.optional(t.decimal()),
    day: t.optional(t.date()),
    at: t.optional(t.datetime()),
    bytes: t.optional(t.bytes()),
    colour: t.optional(t.enum(['red', 'dark green'])),
    words: t.optional(t.list(t.string())),
    counts: t.optional(t.map(t.int())),
    inner: t.optional(Inner),
    rows: t.optional(t.list(Inner)),
    any: t.optional(t.json()),
    from: t.optional(t.object('Holder', { maybe: t.nullable(t.string()) })),
  },
  returns: t.string(),
  handler: (params) => {
    got.params = params;
    return 'taken';
  },
});

const inner = { class: nasty, many: [[nasty, ''], []] };

/** Calls with values that are hard to write. */
export const calls: readonly (readonly [title: string, values: Readonly<Record<string, unknown>>])[] = [
  ['a text alone', { text: nasty }],
  ['a text that looks like an option or a file', { text: '@-' }],
  [
    'every kind',
    {
      text: '',
      flag: false,
      small: -5,
      big: -9_223_372_036_854_775_808n,
      ratio: 1e21,
      money: '0.10000000000000000001',
      day: '2026-02-28',
      at: new Date('2026-02-28T12:34:56Z'),
      bytes: Uint8Array.from({ length: 256 }, (_, i) => i),
      colour: 'dark green',
      words: [nasty, "'", '"', '\\', '$', '`'],
      counts: { [nasty]: 1, b: -2 },
      inner,
      rows: [inner, { ...inner, none: 7 }],
      any: { deep: [nasty, null, 1.5, { a: [] }], empty: {}, 'odd key': true },
      from: { maybe: null },
    },
  ],
  ['whole numbers as floats, and empty lists', { text: 'x', ratio: 5, words: [], rows: [], counts: {}, flag: true }],
];

/** A call as the page would have it written. */
export function sampleOf(
  way: string,
  origin: string,
  values: Readonly<Record<string, unknown>>,
  credential: Sample['credential'] = 'none',
  namespace = 'urn:polywire',
): Sample {
  const fn = take as unknown as AnyFunction;
  const address = (protocol: string, path: string, operation = fn.name) => ({ protocol, on: true, path, operation });
  const ways = waysOf({
    catalog: exportCatalog([fn]),
    protocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
    addresses: [
      address('rest', '/rest/code.take'),
      address('jsonrpc', '/jsonrpc'),
      address('xmlrpc', '/xmlrpc'),
      { ...address('soap', '/soap', 'code_take'), wsdl: '/soap?wsdl' },
      address('mcp', '/mcp'),
    ],
  });
  const found = ways.find(({ name }) => name === way);
  if (found === undefined) throw new Error(`there is no way ${way}`);
  const request = requestOf({ fn, values, way: found, origin, namespace });
  return { fn, values, way: found, request, origin, namespace, credential };
}
