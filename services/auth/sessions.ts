import type { Custody } from '../../lib/auth/custody.ts';
import type { Member } from '../../lib/auth/directory.ts';
import { endSession, endSessions, sessionProtocols, startSession } from '../../lib/auth/session.ts';
import { t } from '../../lib/builders.ts';
import { type CallContext, define } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { HandlerCall } from '../../lib/handler-call.ts';
import { doerOf, loggedIn, loginParams } from './credential.ts';

export const AuthSession = t.object('AuthSession', {
  csrf: t.string({ sensitive: true, description: 'What every POST of the session must repeat in X-CSRF-Token.' }),
  expires: t.datetime({ description: 'When the session ends unless it is used.' }),
});

/** Begins the session of a member: the answer to this call sets its cookie. */
export async function beginSession(
  custody: Custody,
  member: Member,
  call: Pick<CallContext, 'header' | 'requestId' | 'address'>,
  now: number,
) {
  const { cookie, csrf, validUntil } = await startSession(custody, member, now);
  call.header('Set-Cookie', cookie);
  const { requestId, address } = call;
  custody.event({ kind: 'session-started', actor: member.record.username, address, requestId });
  return { csrf, expires: new Date(validUntil) };
}

export function startBrowserSession(custody: Custody) {
  return define('auth.startsession', {
    description: 'Begins a session of a browser: the answer sets its cookie. By REST, JSON-RPC and the console only.',
    effect: 'write',
    post: true,
    sensitive: true,
    access: { client: 'optional' },
    params: loginParams,
    returns: AuthSession,
    handler: async ({ username, password }, call) => {
      if (!sessionProtocols.includes(call.protocol)) {
        throw new Fault('forbidden', 'Sessions are for browsers, which call by REST and JSON-RPC', { gate: 'session' });
      }
      const now = Date.now();
      const { address, requestId } = call;
      const member = await loggedIn(custody, { username, password, address, requestId, now });
      return beginSession(custody, member, call, now);
    },
  });
}

export function endBrowserSession(custody: Custody) {
  return define('auth.endsession', {
    description: 'Ends the session of this browser, and takes its cookie away. Those of your other browsers go on.',
    effect: 'write',
    post: true,
    access: { user: 'required' },
    handler: async (_, call) => {
      const session = HandlerCall.sessionOf(call)?.session;
      if (session === undefined) {
        throw new Fault('forbidden', 'There is no session to end: this call comes by none', { gate: 'session' });
      }
      call.header('Set-Cookie', await endSession(custody, session));
      custody.event({ ...doerOf(call), kind: 'session-ended' });
    },
  });
}

export function endBrowserSessions(custody: Custody) {
  return define('auth.endsessions', {
    description: 'Ends all sessions of your browsers, and takes the cookie of this one away.',
    effect: 'write',
    post: true,
    access: { user: 'required' },
    handler: async (_, call) => {
      call.header('Set-Cookie', await endSessions(custody, Number(call.user.id)));
      custody.event({ ...doerOf(call), kind: 'sessions-ended' });
    },
  });
}
