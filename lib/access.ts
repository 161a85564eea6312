import type { IncomingMessage } from 'node:http';
import type { Presented } from './auth/authenticator.ts';
import type { Authority } from './auth/authority.ts';
import type { Chain, Identity } from './auth/identity.ts';
import type { AnyFunction } from './define.ts';
import type { Begin } from './exchange.ts';
import type { Once } from './idempotency/once.ts';
import type { Scope } from './pipeline.ts';
import type { MessageCredentials, WireRequest } from './protocol.ts';
import type { Quota, QuotaState, QuotaSubject } from './quota/quota.ts';
import { subjectsOf } from './quota/subjects.ts';
import type { Settings } from './settings.ts';

/** What a server needs to know callers and to count them. */
export interface Access {
  /** The authenticators that the settings name, the same list as long as they do. */
  readonly chain: (settings: Settings) => Chain;
  /** How the site's own pages know their people, whatever the settings name: by the session. */
  readonly sessions: Chain;
  readonly authority: Authority;
  readonly quota: Quota;
  /** Carries out once what an Idempotency-Key names. */
  readonly once: (key: string, identity: Identity, settings: Settings, now: number, onReplay: () => void) => Once;
}

/** Prepares the scope of one message: who calls, what is counted, what is carried out once. */
export function beginWith(access: Access, request: IncomingMessage, wire: WireRequest, scope: Scope): Begin {
  return (message) => {
    const { settings } = scope.site;
    const identity = access.authority.identify(
      scope.protocol.ownPages ? access.sessions : access.chain(settings),
      presented(request, wire, scope, message),
      request.socket,
    );
    if (identity instanceof Promise) return identity.then((known) => enter(access, wire, scope, known));
    enter(access, wire, scope, identity);
    return undefined;
  };
}

function presented(
  { rawHeaders }: IncomingMessage,
  { method, origin, path, query, headers, body, address }: WireRequest,
  { protocol, requestId, now }: Scope,
  message: MessageCredentials | undefined,
): Presented {
  const { name } = protocol;
  return { method, origin, path, query, headers, rawHeaders, body, message, address, protocol: name, requestId, now };
}

function enter(access: Access, { headers }: WireRequest, scope: Scope, identity: Identity): void {
  const { settings } = scope.site;
  scope.identity = identity;
  for (const proof of identity.proofs) if (proof.headers !== undefined) tell(scope, proof.headers);
  const subjects = subjectsOf(identity, scope.address, settings.quotas);
  if (subjects.length > 0) scope.count = counter(access.quota, subjects, scope);
  const key = headers['idempotency-key'];
  if (typeof key === 'string') {
    const replayed = () => tell(scope, { 'Idempotency-Replayed': 'true' });
    scope.once = access.once(key, identity, settings, scope.now, replayed);
  }
}

const weightOf = ({ quota }: AnyFunction): number => quota?.weight ?? 1;

/** A function of its own, so that it holds no more than it needs: made within `enter`, it costs the collector more. */
function counter(quota: Quota, subjects: readonly QuotaSubject[], scope: Scope): NonNullable<Scope['count']> {
  return (fn) => {
    const state = quota.take(subjects, weightOf(fn), Date.now()); // of this call, which may be late in a long message
    if (state instanceof Promise) return state.then((known) => tellQuota(scope, known));
    tellQuota(scope, state);
    return undefined;
  };
}

/** The header fields of draft-ietf-httpapi-ratelimit-headers-05, which clients know. */
function tellQuota(scope: Scope, state: QuotaState | undefined): void {
  if (state === undefined) return;
  tell(scope, {
    'RateLimit-Limit': String(state.limit),
    'RateLimit-Remaining': String(state.remaining),
    'RateLimit-Reset': String(state.reset),
  });
}

function tell(scope: Scope, headers: Readonly<Record<string, string>>): void {
  scope.headers = scope.headers === undefined ? headers : { ...scope.headers, ...headers };
}
