import { createClient } from './hey/client/index.js';
import * as sdk from './hey/index.js';
import { given, gives, holds } from './report.ts';
import { booking, course, entry, limited, odd, wrapped } from './values.ts';

const client = createClient({ baseUrl: given('POLYWIRE_URL') });

async function kinds(): Promise<void> {
  await gives('string', sdk.kindsEchoString({ client, body: { value: odd } }), odd);
  await gives('boolean', sdk.kindsEchoBoolean({ client, body: { value: false } }), false);
  await gives('int', sdk.kindsEchoInt({ client, body: { value: -1 } }), -1);
  await gives('int64', sdk.kindsEchoInt64({ client, body: { value: '-9223372036854775808' } }), '-9223372036854775808');
  await gives('int64 as a number', sdk.kindsEchoInt64({ client, body: { value: 5 } }), '5');
  await gives('float', sdk.kindsEchoFloat({ client, body: { value: 1.5e-7 } }), 1.5e-7);
  await gives(
    'decimal',
    sdk.kindsEchoDecimal({ client, body: { value: '0.10000000000000000001' } }),
    '0.10000000000000000001',
  );
  await gives('date', sdk.kindsEchoDate({ client, body: { value: '9999-12-31' } }), '9999-12-31');
  await gives(
    'datetime',
    sdk.kindsEchoDatetime({ client, body: { value: '2026-02-28T12:00:00+01:00' } }),
    '2026-02-28T11:00:00.000Z',
  );
  await gives('bytes', sdk.kindsEchoBytes({ client, body: { value: 'AP8=' } }), 'AP8=');
  await gives('enum', sdk.kindsEchoEnum({ client, body: { value: 'green' } }), 'green');
  await gives('list', sdk.kindsEchoList({ client, body: { value: ['', odd] } }), ['', odd]);
  await gives('map', sdk.kindsEchoMap({ client, body: { value: { [odd]: 2 } } }), { [odd]: 2 });
  await gives('object', sdk.kindsEchoObject({ client, body: { value: course } }), course);
  await gives('json', sdk.kindsEchoJson({ client, body: { value: { any: [1, null] } } }), { any: [1, null] });
  await gives('nullable', sdk.kindsEchoNullable({ client, body: { value: { id: 1, note: null } } }), {
    id: 1,
    note: null,
  });
  await gives('optional', sdk.kindsEchoOptional({ client, body: { value: { id: 1 } } }), { id: 1 });
  await gives('records', sdk.kindsEchoRecords({ client, body: { value: [entry, entry] } }), [entry, entry]);
  const some = { nullable: null, nullable_moment: wrapped.nullable_moment };
  await gives('default', sdk.kindsWrapped({ client, body: some }), wrapped);
  await gives('no result', sdk.kindsNothing({ client, body: {} }), null);
}

async function queries(): Promise<void> {
  const { list, map, ...rest } = limited;
  await gives('query', sdk.kindsLimitedGet({ client, query: { ...rest, 'list[]': list, map } }), limited);
  await gives('query of an object', sdk.kindsEchoOptionalGet({ client, query: { value: { id: 1, label: odd } } }), {
    id: 1,
    label: odd,
  });
  await gives('query of digits', sdk.bookingsFindGet({ client, query: { id: booking.id } }), booking);
}

async function errors(): Promise<void> {
  const taken = await sdk.bookingsBook({ client, body: { booking: { ...booking, guest: 'taken' } } });
  if (taken.error?.error.code === 'already-taken') {
    const by: string = taken.error.error.data.by;
    const until: string | undefined = taken.error.error.data.until;
    holds('declared error', by === 'Zoë' && until === undefined && taken.response.status === 409, taken.error);
  } else holds('declared error', false, taken.error);

  const gone = await sdk.bookingsFindGet({ client, query: { id: '0' } });
  holds('declared error without data', gone.error?.error.code === 'booking-gone', gone.error);

  const wrong = await sdk.kindsLimited({ client, body: { ...limited, int: 6 } });
  if (wrong.error?.error.code === 'invalid-params') {
    const path: string | undefined = wrong.error.error.issues?.[0]?.path;
    holds('standard error', path === 'int', wrong.error);
  } else holds('standard error', false, wrong.error);
}

async function callers(): Promise<void> {
  const nobody = await sdk.guardedClient({ client, body: {} });
  holds('unauthenticated', nobody.error?.error.code === 'unauthenticated', nobody.error);
  const headers = { 'X-API-Key': given('POLYWIRE_KEY'), Authorization: `Bearer ${given('POLYWIRE_TOKEN')}` };
  await gives('key and token', sdk.guardedBoth({ client, body: {}, headers }), { client: 'documents', user: 'ana' });
  const again = { client, headers: { ...headers, 'Idempotency-Key': 'hey-1' }, body: { booking } };
  await gives('idempotency key', sdk.bookingsBook(again), booking);
  const { response } = await sdk.bookingsBook(again);
  holds('idempotency key, again', response.headers.get('Idempotency-Replayed') === 'true', [...response.headers]);
  await gives('deprecated', sdk.bookingsPut({ client, body: { booking } }), null);
}

/** What must not compile. */
export const mistyped: readonly (() => unknown)[] = [
  // @ts-expect-error it is none of the values
  () => sdk.kindsEchoEnum({ client, body: { value: 'purple' } }),
  // @ts-expect-error the parameter is missing
  () => sdk.kindsEchoInt({ client, body: {} }),
  // @ts-expect-error what writes is not called by GET
  () => sdk.bookingsBookGet({ client }),
];

await kinds();
await queries();
await errors();
await callers();
