import { type AnyFunction, define, t } from '../../index.ts';

const Booking = t.object('Booking', {
  id: t.int64(),
  guest: t.string(),
  paid: t.decimal(),
  left: t.nullable(t.datetime()),
});
const Taken = t.object('Taken', { by: t.string(), until: t.optional(t.datetime()) });
const booking = { id: 9_007_199_254_740_993n, guest: 'Ana', paid: '12.50', left: null };

const open: readonly AnyFunction[] = [
  define('bookings.find', {
    description: 'Finds a booking by its number.',
    effect: 'read',
    params: { id: t.int64({ description: 'The number.' }), verbose: t.default(t.boolean(), false) },
    returns: Booking,
    cache: { mode: 'public', maxAge: 60 },
    errors: {
      'no-such-booking': { number: 3_001, status: 404, data: t.object('NoSuchBooking', { id: t.int64() }) },
      'booking-gone': { number: 3_002, status: 410 },
    },
    aliases: { number: 'id' },
    examples: [{ params: { id: booking.id } }],
    handler: ({ id }, call) => {
      if (id < 0n) return call.fail('no-such-booking', { id });
      return id === 0n ? call.fail('booking-gone') : { ...booking, id };
    },
  }),
  define('bookings.book', {
    description: 'Books. Under an Idempotency-Key it books once.',
    effect: 'write',
    params: { booking: Booking, note: t.optional(t.string({ max: 20 }), { deprecated: 'nobody reads it' }) },
    returns: Booking,
    errors: {
      'already-taken': { number: 3_003, status: 409, data: Taken },
      'too-late': { number: 3_004, status: 409 },
    },
    examples: [{ params: { booking } }],
    handler: (params, call) => {
      if (params.booking.guest === 'taken') return call.fail('already-taken', { by: 'Zoë' });
      return params.booking.guest === 'late' ? call.fail('too-late') : params.booking;
    },
  }),
  define('bookings.put', {
    description: 'Keeps a booking; to do so again changes nothing.',
    effect: 'write',
    idempotent: true,
    deprecated: { since: '2.0', use: 'bookings.book' },
    helpUrls: ['https://example.org/help/put'],
    params: { booking: Booking },
    handler: () => undefined,
  }),
  define('bookings.log_in', {
    description: 'Takes a secret.',
    effect: 'write',
    csrf: true,
    params: { name: t.string(), password: t.string({ sensitive: true, min: 1 }) },
    returns: t.boolean(),
    examples: [{ params: { name: 'ana', password: 'a-long-secret' } }],
    handler: () => true,
  }),
  define('bookings.search', {
    description: 'Searches; its words are too long for an address.',
    effect: 'read',
    post: true,
    params: { words: t.list(t.string({ max: 100 }), { max: 5 }), filters: t.default(t.map(t.string()), {}) },
    returns: t.list(Booking),
    handler: () => [booking],
  }),
];

interface Callers {
  readonly client?: { readonly name: string } | undefined;
  readonly user?: { readonly username: string } | undefined;
}

/** A function that wants to know its caller, in one of the ways there are. */
const guarded = (name: string, access: NonNullable<AnyFunction['access']>, effect: 'read' | 'write'): AnyFunction =>
  define(`guarded.${name}`, {
    description: 'Says who calls.',
    effect,
    access,
    params: { text: t.default(t.string({ max: 10 }), '') },
    returns: t.object('Caller', { client: t.nullable(t.string()), user: t.nullable(t.string()) }),
    examples: [{ params: {} }],
    handler: (_, { client, user }: Callers) => ({ client: client?.name ?? null, user: user?.username ?? null }),
  }) as unknown as AnyFunction;

/** Functions with everything that one can declare: access, errors, deprecation, secrets, other names, idempotency. */
export const ruledFunctions: readonly AnyFunction[] = [
  ...open,
  guarded('client', { client: 'required' }, 'read'),
  guarded('user', { user: 'required' }, 'write'),
  guarded('both', { client: 'required', user: 'required', capabilities: ['guarded:call'] }, 'write'),
  guarded('optional', { client: 'optional', user: 'optional' }, 'read'),
];
