import createClient from 'openapi-fetch';
import { given, gives, holds } from './report.ts';
import type { paths } from './schema.js';
import { booking, course, entry, limited, odd, wrapped } from './values.ts';

const client = createClient<paths>({ baseUrl: given('POLYWIRE_URL') });

async function kinds(): Promise<void> {
  await gives('string', client.POST('/rest/kinds.echo_string', { body: { value: odd } }), odd);
  await gives('boolean', client.POST('/rest/kinds.echo_boolean', { body: { value: false } }), false);
  await gives('int', client.POST('/rest/kinds.echo_int', { body: { value: -1 } }), -1);
  await gives(
    'int64',
    client.POST('/rest/kinds.echo_int64', { body: { value: '-9223372036854775808' } }),
    '-9223372036854775808',
  );
  await gives('int64 as a number', client.POST('/rest/kinds.echo_int64', { body: { value: 5 } }), '5');
  await gives('float', client.POST('/rest/kinds.echo_float', { body: { value: 1.5e-7 } }), 1.5e-7);
  await gives(
    'decimal',
    client.POST('/rest/kinds.echo_decimal', { body: { value: '0.10000000000000000001' } }),
    '0.10000000000000000001',
  );
  await gives('date', client.POST('/rest/kinds.echo_date', { body: { value: '9999-12-31' } }), '9999-12-31');
  await gives(
    'datetime',
    client.POST('/rest/kinds.echo_datetime', { body: { value: '2026-02-28T12:00:00+01:00' } }),
    '2026-02-28T11:00:00.000Z',
  );
  await gives('bytes', client.POST('/rest/kinds.echo_bytes', { body: { value: 'AP8=' } }), 'AP8=');
  await gives('enum', client.POST('/rest/kinds.echo_enum', { body: { value: 'green' } }), 'green');
  await gives('list', client.POST('/rest/kinds.echo_list', { body: { value: ['', odd] } }), ['', odd]);
  await gives('map', client.POST('/rest/kinds.echo_map', { body: { value: { [odd]: 2 } } }), { [odd]: 2 });
  await gives('object', client.POST('/rest/kinds.echo_object', { body: { value: course } }), course);
  await gives('json', client.POST('/rest/kinds.echo_json', { body: { value: { any: [1, null] } } }), {
    any: [1, null],
  });
  await gives('nullable', client.POST('/rest/kinds.echo_nullable', { body: { value: { id: 1, note: null } } }), {
    id: 1,
    note: null,
  });
  await gives('optional', client.POST('/rest/kinds.echo_optional', { body: { value: { id: 1 } } }), { id: 1 });
  await gives('records', client.POST('/rest/kinds.echo_records', { body: { value: [entry, entry] } }), [entry, entry]);
  const some = { nullable: null, nullable_moment: wrapped.nullable_moment };
  await gives('default', client.POST('/rest/kinds.wrapped', { body: some }), wrapped);
  // its types leave out what is always null
  const { data } = await client.POST('/rest/kinds.nothing', { body: {} });
  holds('no result', data?.status === 'ok' && 'result' in data && data.result === null, data);
}

async function queries(): Promise<void> {
  const { list, map, ...rest } = limited;
  await gives(
    'query',
    client.GET('/rest/kinds.limited', { params: { query: { ...rest, 'list[]': list, map } } }),
    limited,
  );
  await gives(
    'query of an object',
    client.GET('/rest/kinds.echo_optional', { params: { query: { value: { id: 1, label: odd } } } }),
    { id: 1, label: odd },
  );
  await gives('query of digits', client.GET('/rest/bookings.find', { params: { query: { id: booking.id } } }), booking);
}

async function errors(): Promise<void> {
  const taken = await client.POST('/rest/bookings.book', { body: { booking: { ...booking, guest: 'taken' } } });
  if (taken.error?.error.code === 'already-taken') {
    const by: string = taken.error.error.data.by;
    const until: string | undefined = taken.error.error.data.until;
    holds('declared error', by === 'Zoë' && until === undefined && taken.response.status === 409, taken.error);
  } else holds('declared error', false, taken.error);

  const gone = await client.GET('/rest/bookings.find', { params: { query: { id: '0' } } });
  holds('declared error without data', gone.error?.error.code === 'booking-gone', gone.error);

  const wrong = await client.POST('/rest/kinds.limited', { body: { ...limited, int: 6 } });
  if (wrong.error?.error.code === 'invalid-params') {
    const path: string | undefined = wrong.error.error.issues?.[0]?.path;
    holds('standard error', path === 'int', wrong.error);
  } else holds('standard error', false, wrong.error);
}

async function callers(): Promise<void> {
  const nobody = await client.POST('/rest/guarded.client', { body: {} });
  holds('unauthenticated', nobody.error?.error.code === 'unauthenticated', nobody.error);
  const headers = { 'X-API-Key': given('POLYWIRE_KEY'), Authorization: `Bearer ${given('POLYWIRE_TOKEN')}` };
  await gives('key and token', client.POST('/rest/guarded.both', { body: {}, headers }), {
    client: 'documents',
    user: 'ana',
  });
  const again = { params: { header: { 'Idempotency-Key': 'fetch-1' } }, headers, body: { booking } };
  await gives('idempotency key', client.POST('/rest/bookings.book', again), booking);
  const { response } = await client.POST('/rest/bookings.book', again);
  holds('idempotency key, again', response.headers.get('Idempotency-Replayed') === 'true', [...response.headers]);
  const { data } = await client.POST('/rest/bookings.put', { body: { booking } });
  holds('deprecated', data?.status === 'ok', data);
}

/** What must not compile. */
export const mistyped: readonly (() => unknown)[] = [
  // @ts-expect-error it is none of the values
  () => client.POST('/rest/kinds.echo_enum', { body: { value: 'purple' } }),
  // @ts-expect-error the parameter is missing
  () => client.POST('/rest/kinds.echo_int', { body: {} }),
  // @ts-expect-error what writes is not called by GET
  () => client.GET('/rest/bookings.book', {}),
];

await kinds();
await queries();
await errors();
await callers();
