import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect } from '../../../../client/index.ts';
import { type AnyFunction, define, type PartialSettings, t } from '../../../../index.ts';
import { Passwords } from '../../../../lib/auth/password.ts';
import type { House, More } from '../../../access/house.ts';
import type { Attempt, Came, Place, Row, Steps } from '../row.ts';
import { onServer, send } from '../send.ts';
import { bearer, called, came, inHouse, login, type Made, password, times, user } from './in-house.ts';

function attempts(limit: string, setting: string, logins: NonNullable<PartialSettings['logins']>): Row {
  return inHouse({
    limit,
    value: { setting },
    code: 'rate-limited',
    settings: { logins },
    steps: (dialect) => ({
      at: async (house) => {
        await user(house);
        return times(3, async () => came(dialect, await login(house, dialect)));
      },
      beyond: async (house) => came(dialect, await login(house, dialect)),
    }),
  });
}

/** Seconds that things live here: time enough for all to begin, however busy the machine is. */
const lifetime = 6;

/** What is good at once, and no more when its time is over. */
function lasting(
  limit: string,
  setting: string,
  code: string,
  settings: PartialSettings,
  begin: (house: House, dialect: Dialect) => Promise<{ readonly name: string; readonly headers: More }>,
  over?: readonly Dialect[],
): Row {
  return inHouse({
    limit,
    value: { setting },
    code,
    settings,
    patient: true,
    ...(over && { over }),
    steps: (dialect) => {
      let begun: { readonly name: string; readonly headers: More } | undefined;
      const call = async (house: House) => called(house, dialect, begun?.name ?? '', begun?.headers);
      return {
        at: async (house) => {
          begun = await begin(house, dialect);
          return call(house);
        },
        beyond: async (house) => {
          await sleep(lifetime * 1_000 + 200);
          return call(house);
        },
      };
    },
  });
}

const tokens = lasting(
  'Seconds that a token lives which its user asked for',
  'logins.tokenSeconds',
  'invalid-credentials',
  { logins: { tokenSeconds: lifetime } },
  async (house, dialect) => {
    await user(house);
    const { value } = await login(house, dialect);
    return { name: 'test.user', headers: bearer((value as { readonly token: string }).token) };
  },
);

const renewals = lasting(
  'Seconds that a token works after it has been renewed',
  'logins.renewalGrace',
  'invalid-credentials',
  { logins: { renewalGrace: lifetime } },
  async (house, dialect) => {
    const made = { user: await user(house), name: 'test', renewing: true };
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', made);
    await called(house, dialect, 'test.user', bearer(secret));
    return { name: 'test.user', headers: bearer(secret) };
  },
);

const sessions = lasting(
  'Seconds that a session lives after its last use',
  'logins.sessionSeconds',
  'unauthenticated',
  { logins: { sessionSeconds: lifetime } },
  async (house, dialect) => {
    await user(house);
    const begun = await house.call(dialect, 'auth.startsession', { username: 'ana', password });
    const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';', 1);
    const { csrf } = begun.value as { readonly csrf: string };
    return { name: 'test.user', headers: { Cookie: cookie, 'X-CSRF-Token': csrf } };
  },
  ['rest', 'jsonrpc'],
);

const overlaps = lasting(
  'Seconds that the old secret of a rotated key works',
  'logins.keyOverlap',
  'invalid-credentials',
  { logins: { keyOverlap: lifetime } },
  async (house) => {
    const { key, secret } = await house.admin<Made>('create_key', { name: 'Till' });
    await house.admin('rotate_key', { id: key.id });
    return { name: 'test.client', headers: { 'X-API-Key': secret } };
  },
);

/** Fills the queue of a process for hashing passwords: none is done before all have come that are to come. */
function fillQueue(): Steps<Place> & { readonly functions: readonly AnyFunction[] } {
  let came = 0;
  let release: (() => void)[] = [];
  const derive = () => new Promise<Buffer>((resolve) => release.push(() => resolve(Buffer.alloc(32))));
  const queue = new Passwords({ derive });
  const hash = define('limit.hash', {
    description: 'Computes the hash of a password.',
    effect: 'read',
    params: { value: t.string() },
    returns: t.string(),
    handler: async ({ value }) => {
      came++;
      await queue.verify(value, undefined);
      return 'taken';
    },
  }) as unknown as AnyFunction;
  const call = (port: number) => send(port, 'rest', 'limit.hash', '"x"');

  /** Sends so many, and one more once they have all come; what the last was answered while the others wait, or after. */
  async function together(port: number, count: number): Promise<Came> {
    came = 0;
    const before = Array.from({ length: count - 1 }, () => call(port));
    while (came < count - 1) await sleep(5);
    const last = call(port);
    while (came < count) await sleep(5);
    await Promise.race([last, sleep(300)]);
    for (let done = 0; done < count && release.length > 0; await sleep(1)) {
      const now = release;
      release = [];
      done += now.length;
      for (const one of now) one();
    }
    const all = await Promise.all([...before, last]);
    return all.find(({ code }) => code !== undefined) ?? (all[0] as Came);
  }

  return {
    over: 'REST',
    functions: [hash],
    at: ({ port }) => together(port, 102),
    beyond: ({ port }) => together(port, 103),
  };
}

const queue: Row = {
  limit: 'Password hashes that are computed, and that wait, in a process',
  value: { fixed: '2 and 100' },
  code: 'unavailable',
  cells: [
    {
      over: 'REST',
      attempt: (settings) => {
        const { functions, ...steps } = fillQueue();
        return onServer({ limit: '', value: { fixed: '' }, code: '', cells: [steps] }, functions).cells[0]?.attempt(
          settings,
        ) as Promise<Attempt>;
      },
    },
  ],
};

/** What limits are on logging in, and on what one gets by it. */
export const loginRows: readonly Row[] = [
  attempts('Attempts to log in of an address in a minute', 'logins.perAddress', { perAddress: 3, perAccount: 0 }),
  attempts('Attempts to log in of an account in a minute', 'logins.perAccount', { perAddress: 0, perAccount: 3 }),
  queue,
  tokens,
  renewals,
  sessions,
  overlaps,
];
