import type { Custody } from '../../lib/auth/custody.ts';
import type { Member } from '../../lib/auth/directory.ts';
import { nobody } from '../../lib/auth/identity.ts';
import { createToken, replaceToken } from '../../lib/auth/token-making.ts';
import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { type Moment, serviceGate } from '../../lib/gates/service.ts';
import { HandlerCall } from '../../lib/handler-call.ts';
import { dateOf, doerOf, IssuedToken, loggedIn, loginParams, ownToken, tokenParam } from './credential.ts';

export function getToken(custody: Custody) {
  return define('auth.gettoken', {
    description: 'Gives a user a token for the name and password.',
    effect: 'write',
    post: true,
    sensitive: true,
    access: { client: 'optional' },
    params: {
      ...loginParams,
      service: t.optional(t.string({ min: 1, max: 100, description: 'The service that the token is to be good for.' })),
    },
    returns: IssuedToken,
    handler: async ({ username, password, service }, call) => {
      const now = Date.now();
      const { address, requestId } = call;
      const member = await loggedIn(custody, { username, password, address, requestId, now });
      const serviceId =
        service === undefined ? undefined : await usableService(custody, service, member, { address, now });
      const { tokenSeconds } = custody.settings().logins;
      const ends = tokenSeconds === 0 ? {} : { validUntil: now + tokenSeconds * 1_000 };
      const token = { userId: member.record.id, name: 'auth.gettoken', serviceId, ...ends };
      const doer = { actor: member.record.username, address, requestId };
      const { record, secret } = await createToken(custody, token, now, doer);
      return { token: secret, expires: dateOf(record.validUntil) };
    },
  });
}

/** The number of a service that a user may use; one that is off looks like one that is not there. */
async function usableService({ store }: Custody, name: string, member: Member, moment: Moment): Promise<number> {
  const services = await store.services.list();
  const record = services.find((one) => one.enabled && one.name.toLowerCase() === name.toLowerCase());
  if (record === undefined) throw new Fault('forbidden', 'You may not use this service', { gate: 'service' });
  const { id, username } = member.record;
  const identity = { ...nobody, user: { id: String(id), username }, grants: member.grants };
  serviceGate({ record, has: () => true, listed: [] }, identity, moment);
  return record.id;
}

export function renewToken(custody: Custody) {
  return define('auth.renewtoken', {
    description: 'Gives a fresh token in the place of one of your own, which then ends soon.',
    effect: 'write',
    post: true,
    sensitive: true,
    access: { user: 'required' },
    params: { token: tokenParam },
    returns: IssuedToken,
    handler: async ({ token }, call) => {
      const now = Date.now();
      const held = await ownToken(custody, token, call.user.id);
      if (!HandlerCall.mayRenew(call, held)) {
        throw new Fault('forbidden', 'This token may do more than the credential of this call', { gate: 'own-token' });
      }
      const { revoked, validFrom = -Infinity, validUntil = Infinity } = held;
      if (now < validFrom) throw new Fault('forbidden', 'This token does not count yet', { gate: 'own-token' });
      const counts = revoked === undefined && now < validUntil;
      const fresh = counts ? await replaceToken(custody, held, now) : undefined;
      if (fresh === undefined) throw new Fault('forbidden', 'This token has ended', { gate: 'own-token' });
      custody.directory.forget();
      custody.event({ ...doerOf(call), kind: 'token-renewed', subject: String(fresh.record.id) });
      return { token: fresh.secret, expires: dateOf(fresh.record.validUntil) };
    },
  });
}

export function revokeToken(custody: Custody) {
  return define('auth.revoketoken', {
    description: 'Ends a token of your own, and those that have taken its place, at once.',
    effect: 'write',
    post: true,
    access: { user: 'required' },
    params: { token: tokenParam },
    handler: async ({ token }, call) => {
      const { id } = await ownToken(custody, token, call.user.id);
      if (await custody.store.tokens.revoke(id, Date.now())) {
        custody.event({ ...doerOf(call), kind: 'token-revoked', subject: String(id) });
      }
      custody.directory.forget();
    },
  });
}
