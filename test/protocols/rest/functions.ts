import { define, t } from '../../../index.ts';

const Point = t.object('RestPoint', { x: t.int(), y: t.optional(t.int()) });
const params = {
  s: t.optional(t.string()),
  n: t.optional(t.int()),
  big: t.optional(t.int64()),
  f: t.optional(t.float()),
  d: t.optional(t.decimal()),
  b: t.optional(t.boolean()),
  day: t.optional(t.date()),
  at: t.optional(t.datetime()),
  raw: t.optional(t.bytes()),
  e: t.optional(t.enum(['red', 'green'])),
  l: t.optional(t.list(t.int())),
  ll: t.optional(t.list(t.list(t.string()))),
  m: t.optional(t.map(t.string())),
  o: t.optional(Point),
  ol: t.optional(t.list(Point)),
  j: t.optional(t.json()),
  q: t.optional(t.nullable(t.string())),
  w: t.default(t.int(), 7),
  constructor: t.optional(t.string()),
};
/** What the last call gave its handler. */
export const last: { seen: unknown } = { seen: undefined };
const taken = (values: object) => {
  last.seen = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== undefined && !(name === 'w' && value === 7)),
  );
  return undefined;
};
/** Functions to be called by REST. */
export const functions = [
  define('take', { description: 'Takes.', effect: 'read', params, aliases: { text: 's' }, handler: taken }),
  define('kept', {
    description: 'May be kept.',
    effect: 'read',
    cache: { mode: 'public', maxAge: 60, sharedMaxAge: 5 },
    returns: t.int(),
    handler: () => 1,
  }),
  define('write', { description: 'Writes.', effect: 'write', params: { s: t.optional(t.string()) }, handler: taken }),
  define('gone', {
    description: 'Fails.',
    effect: 'read',
    helpUrls: ['https://example.org/gone'],
    errors: { 'rest-gone': { number: 3, status: 410, data: t.object('RestGone', { id: t.int() }) } },
    handler: (_, call) => call.fail('rest-gone', { id: 5 }),
  }),
  define('bytes.big', {
    description: 'Takes much.',
    effect: 'write',
    body: 3_000_000,
    params: { raw: t.bytes() },
    returns: t.int(),
    handler: ({ raw }) => raw.length,
  }),
];

/** REST's envelope. */
export interface Envelope {
  readonly status: 'ok' | 'error';
  readonly result?: unknown;
  readonly requestId?: string;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly requestId: string;
    readonly issues?: readonly { path: string }[];
    readonly data?: unknown;
    readonly help?: string;
  };
}
