import type { Dialect } from '../../../../client/index.ts';
import { signRequest } from '../../../../lib/auth/signature/sign.ts';
import type { House, More } from '../../../access/house.ts';
import type { Came, Row } from '../row.ts';
import { bearer, called, inHouse, type Made, times, user } from './in-house.ts';

/** Who is counted, and how such a caller calls. */
const counted = {
  key: async (house: House) => {
    const { secret } = await house.admin<Made>('create_key', { name: 'Till' });
    return { name: 'test.client', headers: { 'X-API-Key': secret } };
  },
  user: async (house: House) => {
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', {
      user: await user(house),
      name: 'test',
    });
    return { name: 'test.user', headers: bearer(secret) };
  },
  address: async () => ({ name: 'test.open', headers: {} }),
} as const;

function quota(who: keyof typeof counted, window: 'Minute' | 'Day'): Row {
  const setting = `${who}Per${window}` as const;
  return inHouse({
    limit: `Calls of each ${who} in a ${window.toLowerCase()}`,
    value: { setting: `quotas.${setting}` },
    code: window === 'Minute' ? 'rate-limited' : 'quota-exceeded',
    settings: { quotas: { [setting]: 2 } },
    steps: (dialect) => {
      let caller: { readonly name: string; readonly headers: More } = { name: '', headers: {} };
      const call = (house: House) => called(house, dialect, caller.name, caller.headers);
      return {
        at: async (house) => {
          caller = await counted[who](house);
          return times(2, () => call(house));
        },
        beyond: call,
      };
    },
  });
}

const idempotency = inHouse({
  limit: 'Characters of an Idempotency-Key',
  value: { fixed: '255' },
  code: 'invalid-request',
  steps: (dialect) => {
    const call = async (house: House, length: number) => {
      const { headers } = await counted.key(house);
      return called(house, dialect, 'test.client', { ...headers, 'Idempotency-Key': 'k'.repeat(length) });
    };
    return { at: (house) => call(house, 255), beyond: (house) => call(house, 256) };
  },
});

type Signing = { readonly now?: number; readonly nonce?: string };

/** Calls with a signature that was made at another time, or with a nonce of one's own. */
async function signed(house: House, dialect: Dialect, { key, secret }: Made, more: Signing): Promise<Came> {
  return called(house, dialect, 'test.client', (request) => ({
    ...signRequest(request, { keyId: key.id, secret, ...more }),
  }));
}

function signing(limit: string, fixed: string, at: () => Signing, beyond: () => Signing): Row {
  return inHouse({
    limit,
    value: { fixed },
    code: 'invalid-credentials',
    steps: (dialect) => {
      const call = async (house: House, more: Signing) =>
        signed(house, dialect, await house.admin<Made>('create_key', { name: 'Signer', signing: true }), more);
      return { at: (house) => call(house, at()), beyond: (house) => call(house, beyond()) };
    },
  });
}

const window = 300_000;
/** A signature names whole seconds, and a call takes some milliseconds. */
const leeway = 2_000;

const nonces = inHouse({
  limit: 'Uses of the nonce of a signature',
  value: { fixed: '1' },
  code: 'invalid-credentials',
  steps: (dialect) => {
    let made: Made | undefined;
    const call = async (house: House) => {
      made ??= await house.admin<Made>('create_key', { name: 'Signer', signing: true });
      return signed(house, dialect, made, { nonce: 'once-only' });
    };
    return { at: call, beyond: call };
  },
});

/** What limits are on how often callers call, and on what they sign. */
export const callerRows: readonly Row[] = [
  ...(['key', 'user', 'address'] as const).flatMap((who) => [quota(who, 'Minute'), quota(who, 'Day')]),
  idempotency,
  signing(
    'Seconds that a signature may be old',
    '300',
    () => ({ now: Date.now() - window + leeway }),
    () => ({ now: Date.now() - window - 1_000 }),
  ),
  signing(
    'Seconds that a signature may be from the future',
    '300',
    () => ({ now: Date.now() + window - 1_000 }),
    () => ({ now: Date.now() + window + leeway }),
  ),
  signing(
    'Characters of the nonce of a signature, at most',
    '256',
    () => ({ nonce: 'n'.repeat(256) }),
    () => ({ nonce: 'n'.repeat(257) }),
  ),
  signing(
    'Characters of the nonce of a signature, at least',
    '8',
    () => ({ nonce: 'n'.repeat(8) }),
    () => ({ nonce: 'n'.repeat(7) }),
  ),
  nonces,
];
