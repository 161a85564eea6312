import type { Client, User } from '../define.ts';
import { Fault } from '../fault.ts';
import { listOf } from '../gates/address.ts';
import type { Authenticator, Presented, Proof } from './authenticator.ts';
import { type Grant, holds } from './directory.ts';

/** How much an authenticator's word counts: one `sufficient` proof is enough; each `required` one must be there. */
export interface ChainMember {
  readonly authenticator: Authenticator;
  readonly importance: 'sufficient' | 'required';
}

/** The authenticators of a site, in their order. */
export type Chain = readonly ChainMember[];

/** Who calls: proven, and nothing that the caller only claims. */
export interface Identity {
  readonly client?: Client | undefined;
  readonly user?: User | undefined;
  /** What has been proven and what each proof allows; all of them must allow a call. */
  readonly proofs: readonly Proof[];
  /** What the user may do. */
  readonly grants: readonly Grant[];
  /** Capabilities beyond these do not count; undefined means all do. */
  readonly scopes: readonly string[] | undefined;
  /** Whether the same headers prove the same again. */
  readonly repeatable: boolean;
}

/** Nobody: what a call without credentials comes from. */
export const nobody: Identity = Object.freeze({ proofs: [], grants: [], scopes: undefined, repeatable: true });

/** Whether a caller has a capability in a context; without a context, whether in any. */
export function can({ grants, scopes }: Identity, capability: string, context?: string): boolean {
  return (scopes === undefined || scopes.includes(capability)) && holds(grants, capability, context);
}

interface Found extends ChainMember {
  readonly credential: unknown;
}

/** One message for every wrong credential: which part was wrong is for the log. */
function invalid(gate: string): Fault {
  return new Fault('invalid-credentials', 'The credentials are not accepted', { gate });
}

function lacking({ name }: Authenticator): Fault {
  return new Fault('unauthenticated', 'Credentials are required', { gate: `authenticator:${name}` });
}

/** Whether anything at all has been proven of a caller. */
export function isKnown({ proofs }: Identity): boolean {
  return proofs.length > 0;
}

/**
 * Finds out who calls, by the credentials that the request carries.
 * @returns without a promise where no authenticator has to wait
 * @throws Fault `invalid-credentials` for wrong, ambiguous or unknown credentials, `unauthenticated` where a required one is missing
 */
export function identify(chain: Chain, request: Presented): Identity | Promise<Identity> {
  const found = presented(chain, request);
  const missing = chain.find(
    ({ authenticator, importance }) =>
      importance === 'required' && !found.some((one) => one.authenticator === authenticator),
  );
  if (missing !== undefined) throw lacking(missing.authenticator);
  if (chain.length > 0 && request.headers.authorization !== undefined && !found.some(readsAuthorization)) {
    throw invalid('authenticator');
  }
  if (found.length === 0) return nobody;
  const proofs = found.map(({ authenticator, credential }) => authenticator.verify(credential, request));
  return proofs.some((proof) => proof instanceof Promise)
    ? Promise.all(proofs).then((done) => stillHolds(identity(found, done), request))
    : stillHolds(identity(found, proofs as (Proof | undefined)[]), request);
}

/**
 * Checks what time and place say about a proven caller, with every call anew.
 * @throws Fault `invalid-credentials` for what is not valid yet or any more, or not from there
 */
export function stillHolds(identity: Identity, { now, address }: Presented): Identity {
  for (const { limits, addresses } of identity.proofs) {
    if (limits.validFrom !== undefined && now < limits.validFrom) throw invalid('validity');
    if (limits.validUntil !== undefined && now >= limits.validUntil) throw invalid('validity');
    if (!isFrom(address, limits.addresses)) throw invalid('credential-address');
    if (addresses !== undefined && !isFrom(address, addresses)) throw invalid('credential-address');
  }
  return identity;
}

/** Whether an address is in a list, or the list empty. */
export function isFrom(address: string, list: readonly string[]): boolean {
  return list.length === 0 || listOf(list)(address);
}

/** Whether an authenticator may have found its credential in the Authorization header. */
function readsAuthorization({ authenticator }: Found): boolean {
  return authenticator.headers === undefined || authenticator.headers.includes('authorization');
}

/** The credentials that count: cookies only where nothing else is, and never two of one kind that nobody asked for. */
function presented(chain: Chain, request: Presented): readonly Found[] {
  const all: Found[] = [];
  for (const member of chain) {
    const credential = member.authenticator.find(request);
    if (credential !== undefined) all.push({ ...member, credential });
  }
  const explicit = all.filter(({ authenticator }) => authenticator.ambient !== true);
  const counting = explicit.length > 0 ? explicit : all;
  for (const kind of ['client', 'user'] as const) {
    const free = counting.filter(
      ({ authenticator, importance }) => authenticator.kind === kind && importance === 'sufficient',
    );
    if (free.length > 1) throw invalid('authenticator:ambiguous');
  }
  return counting;
}

/** Puts proofs together; all must be of one client and one user. */
function identity(found: readonly Found[], proofs: readonly (Proof | undefined)[]): Identity {
  let client: Client | undefined;
  let user: User | undefined;
  const proven: Proof[] = [];
  for (const [index, one] of found.entries()) {
    const proof = proofs[index];
    if (proof === undefined) {
      refuseUnproven(one);
      continue;
    }
    if (differs(client, proof.client) || differs(user, proof.user)) throw invalid('authenticator:ambiguous');
    client ??= proof.client;
    user ??= proof.user;
    proven.push(proof);
  }
  return {
    client,
    user,
    proofs: proven,
    grants: proven.find(({ grants }) => grants !== undefined)?.grants ?? [],
    scopes: commonScopes(proven),
    repeatable: found.every(({ authenticator }) => authenticator.repeatable === true),
  };
}

/** A cookie that has ended is as good as none, unless one is required; whatever else proves nothing is refused. */
function refuseUnproven({ authenticator, importance }: Found): void {
  if (authenticator.ambient !== true) throw invalid(`authenticator:${authenticator.name}`);
  if (importance === 'required') throw lacking(authenticator);
}

/** Two proofs must be of one caller. */
function differs(held: { readonly id: string } | undefined, other: { readonly id: string } | undefined): boolean {
  return held !== undefined && other !== undefined && held.id !== other.id;
}

/** Scopes narrow what roles allow: several sets of them narrow it to what they share. */
function commonScopes(proofs: readonly Proof[]): readonly string[] | undefined {
  const sets = proofs.flatMap(({ scopes }) => (scopes === undefined ? [] : [scopes]));
  return sets.length === 0 ? undefined : sets.reduce((held, next) => held.filter((scope) => next.includes(scope)));
}
