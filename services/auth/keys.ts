import type { Custody } from '../../lib/auth/custody.ts';
import { rotateKey } from '../../lib/auth/key.ts';
import { t } from '../../lib/builders.ts';
import { type Client, define, type User } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { HandlerCall } from '../../lib/handler-call.ts';
import { dateOf, doerOf } from './credential.ts';

const RenewedKey = t.object('RenewedKey', {
  key: t.string({ description: 'The id of the key: it stays.' }),
  secret: t.string({
    sensitive: true,
    description: 'Shown this once: what is sent as X-API-Key; of a signing key, what it signs with.',
  }),
  expires: t.optional(t.datetime({ description: 'When the key ends; absent where it does not.' })),
  overlap: t.datetime({ description: 'Until when the old secret still works at the latest.' }),
});

export function renewKey(custody: Custody) {
  return define('auth.renewkey', {
    description: 'Gives a key a new secret: the key that this call is made with, or one that you own.',
    effect: 'write',
    post: true,
    sensitive: true,
    access: { client: 'optional', user: 'optional' },
    params: { key: t.string({ min: 1, max: 100, description: 'The id of the key.' }) },
    returns: RenewedKey,
    handler: async ({ key }, call) => {
      const { client, user } = call;
      if (client === undefined && user === undefined) {
        throw new Fault('unauthenticated', 'This function wants to know who calls', { gate: 'own-key' });
      }
      const now = Date.now();
      const overlap = custody.settings().logins.keyOverlap;
      await ownKey(custody, key, call);
      const doer = { ...doerOf(call), actor: user?.username ?? client?.id };
      const issued = await rotateKey(custody, key, overlap, now, doer);
      if (issued === undefined) throw new Fault('forbidden', 'This key has ended', { gate: 'own-key' });
      return {
        key,
        secret: issued.record.signing ? issued.secret : `${key}.${issued.secret}`,
        expires: dateOf(issued.record.validUntil),
        overlap: new Date(now + overlap * 1_000),
      };
    },
  });
}

/** @throws Fault `forbidden` for a key that is neither what calls nor the user's, or can do more than what proves the user */
async function ownKey(
  { store }: Custody,
  id: string,
  call: { readonly client: Client | undefined; readonly user: User | undefined },
): Promise<void> {
  const { client, user } = call;
  if (client?.id === id) return;
  const key = user === undefined ? undefined : await store.keys.find(id);
  if (key?.owner === undefined || String(key.owner) !== user?.id) {
    throw new Fault('forbidden', 'This is not a key of yours', { gate: 'own-key' });
  }
  if (HandlerCall.mayRenew(call, key)) return;
  throw new Fault('forbidden', 'This key may do more than the credential of this call', { gate: 'own-key' });
}
