import { ClientError, createClient, isError, type TransportError } from '../../client/typed/index.ts';
import { type AnyFunction, define, type FaultCode, t } from '../../index.ts';

/** Compiles only if two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

const User = t.object('User', { id: t.int64(), name: t.string(), photo: t.optional(t.bytes()) });
const Filter = t.object('Filter', { word: t.string(), most: t.default(t.int(), 5) });

const functions = {
  getUsers: define('users.get_users', {
    description: 'Finds users.',
    effect: 'read',
    params: {
      field: t.enum(['id', 'name']),
      values: t.list(t.string()),
      since: t.optional(t.datetime()),
      limit: t.default(t.int(), 50),
      filters: t.optional(t.list(Filter)),
    },
    returns: t.list(User),
    errors: {
      'user-not-found': { number: 1, data: t.object('Missing', { value: t.string(), at: t.datetime() }) },
      'too-many': { number: 2 },
    },
    handler: () => [],
  }),
  remove: define('users.get_users.remove', {
    description: 'Removes them.',
    effect: 'write',
    params: { id: t.int64() },
    handler: () => undefined,
  }),
  ping: define('ping', { description: 'Answers.', effect: 'read', returns: t.nullable(t.int64()), handler: () => 1n }),
  more: [
    define('more.one', { description: 'One.', effect: 'read', returns: t.bytes(), handler: () => new Uint8Array() }),
  ] as const,
  Filter,
  version: '1.0',
};

const client = createClient<typeof functions>({ url: 'https://api.example.org', protocol: 'jsonrpc' });
const list = createClient<readonly [typeof functions.ping]>({ url: 'https://api.example.org', protocol: 'rest' });
const old = createClient<typeof functions>({ url: 'https://api.example.org', protocol: 'xmlrpc' });
const any = createClient<readonly AnyFunction[]>({ url: 'https://api.example.org', protocol: 'soap' });

export async function calls(): Promise<void> {
  const users = await client['users.get_users']({ field: 'id', values: ['5'] });
  same<(typeof users)[number]['id'], bigint>(true);
  same<(typeof users)[number]['photo'], Uint8Array | undefined>(true);
  const again = await client.users.get_users({
    field: 'name',
    values: [],
    limit: 5,
    since: new Date(),
    filters: [{ word: 'a' }, { word: 'b', most: 1 }],
  });
  same<typeof again, typeof users>(true);
  const nothing = await client.users.get_users.remove({ id: 5n }, { signal: new AbortController().signal, timeout: 5 });
  same<typeof nothing, undefined>(true);
  const pong = await client.ping();
  same<typeof pong, bigint | null>(true);
  await client.ping({}, { retries: 2 });
  const bytes = await client.more.one();
  same<typeof bytes, Uint8Array>(true);
  same<Awaited<ReturnType<typeof list.ping>>, bigint | null>(true);
  const unknown = await any['whatever.there_is']?.({ a: 1 });
  same<typeof unknown, unknown>(true);
  // @ts-expect-error: a value that is none of the enumeration
  await client.users.get_users({ field: 'email', values: [] });
  // @ts-expect-error: a parameter is missing
  await client.users.get_users({ field: 'id' });
  // @ts-expect-error: a number is no bigint
  await client.users.get_users.remove({ id: 5 });
  // @ts-expect-error: no such parameter
  await client.users.get_users.remove({ id: 5n, force: true });
  // @ts-expect-error: parameters are needed
  await client.users.get_users.remove();
  // @ts-expect-error: no such function
  client.users.nobody;
  // @ts-expect-error: not a function of the catalog
  client.version;
}

export function errors(error: unknown): unknown {
  if (client.isError(error, 'user-not-found')) {
    same<typeof error.data.at, Date>(true);
    same<typeof error.code, 'user-not-found'>(true);
    return error.data.value;
  }
  if (client.isError(error, 'too-many')) same<typeof error.data, undefined>(true);
  if (client.isError(error, 'forbidden')) same<typeof error.data, undefined>(true);
  if (old.isError(error, 'user-not-found')) same<typeof error.data, undefined>(true);
  // @ts-expect-error: nobody declares it
  client.isError(error, 'no-such-code');
  if (client.isError(error)) {
    same<typeof error.code, FaultCode | 'user-not-found' | 'too-many'>(true);
    if (error.code === 'user-not-found') same<typeof error.data.value, string>(true);
    return error.requestId;
  }
  if (isError(error, 'forbidden')) same<typeof error.code, 'forbidden'>(true);
  return error instanceof ClientError && error.issues[0]?.path;
}

export async function batches(): Promise<void> {
  const ends = await client.batch((calls) => [
    calls.users.get_users({ field: 'id', values: [] }),
    calls['users.get_users.remove']({ id: 5n }),
    calls.ping(),
  ]);
  same<(typeof ends)['length'], 3>(true);
  const [users, removed, pong] = ends;
  if (users.ok) same<(typeof users.value)[number]['id'], bigint>(true);
  else if (users.error.name === 'ClientError' && users.error.code === 'user-not-found')
    same<typeof users.error.data.value, string>(true);
  if (removed.ok) same<typeof removed.value, undefined>(true);
  if (pong.ok) same<typeof pong.value, bigint | null>(true);
  else if (pong.error.name === 'TransportError') same<typeof pong.error, TransportError>(true);
  const many = await client.batch((calls) => [1n, 2n].map((id) => calls.users.get_users.remove({ id })));
  for (const one of many) if (one.ok) same<typeof one.value, undefined>(true);
  // @ts-expect-error: what plans calls does not make them
  await client.batch((calls) => [calls.ping(), client.ping()]);
  // @ts-expect-error: options are for the batch
  await client.batch((calls) => [calls.ping({}, { timeout: 5 })]);
}
