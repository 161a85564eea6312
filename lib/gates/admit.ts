import { timingSafeEqual } from 'node:crypto';
import { holds } from '../auth/directory.ts';
import { can, type Identity } from '../auth/identity.ts';
import type { AnyFunction, Client } from '../define.ts';
import { Fault } from '../fault.ts';
import type { Call, Protocol } from '../protocol.ts';
import type { Site, SiteService } from '../site.ts';
import { isForOwnPages, matchesAny } from './patterns.ts';
import { type Moment, serviceGate } from './service.ts';

/** The name of the protocol of `server.call`: inside the process, past the switches. */
export const internalProtocol = 'internal';

/** What the gates know when a call reaches them. */
export interface Knock extends Moment {
  readonly site: Site;
  readonly protocol: Pick<Protocol, 'name' | 'functions' | 'ownPages'>;
  readonly identity: Identity;
  /** What the request brought against forged posts of browsers. */
  readonly csrf: string | undefined;
}

function unknown(gate: string): Fault {
  return new Fault('unknown-function', 'There is no such function', { gate });
}

function forbidden(gate: string): Fault {
  return new Fault('forbidden', 'You may not call this function', { gate });
}

/**
 * The gates of a call, in order (DESIGN §5, 9 to 12): the function exists, is external, on and in the caller's service;
 * the caller is known where it asks for one; protocols, functions and capabilities allow it; no browser was tricked into
 * it; the method may carry its effect; the message is not too large for it.
 * @throws Fault of the first gate that refuses
 */
export function admit(call: Call, knock: Knock): AnyFunction {
  const fn = findFunction(call, knock);
  try {
    callerGates(fn, knock);
  } catch (reason) {
    throw asTold(fn, reason);
  }
  csrfGate(call, fn, knock);
  if (call.effect === 'read' && (fn.effect !== 'read' || fn.post)) {
    throw new Fault('method-not-allowed', 'This function is called by POST', { allow: ['POST'], gate: 'effect' });
  }
  if ((call.size ?? 0) > (fn.body ?? knock.site.settings.limits.body)) {
    throw new Fault('too-large', `The request has more than ${fn.body ?? knock.site.settings.limits.body} bytes`, {
      gate: 'body',
    });
  }
  return fn;
}

/** Whether this caller may call this function. */
function callerGates(fn: AnyFunction, knock: Knock): void {
  identified(fn, knock.identity);
  if (knock.protocol.name !== internalProtocol) {
    credentialGate(fn, knock);
    webserviceGate(fn, knock);
  }
  capabilityGate(fn, knock.identity);
}

/** What is in no list is not there for whoever may not call it. */
function asTold(fn: AnyFunction, reason: unknown): unknown {
  return fn.listed || !(reason instanceof Fault) ? reason : unknown(reason.gate ?? 'function');
}

/** Some program or other. */
const anyClient: Client = { id: '', name: '' };

/**
 * Whether the gates would let a caller who asks for it in the right way call a function: what lists for one caller show.
 * Our own pages have no key of their own but let people choose one for each call, so there none is missed,
 * where that tells of no unlisted function.
 */
export function isAdmitted(name: string, knock: Knock): boolean {
  const { identity, protocol, site } = knock;
  const csrf = identity.proofs.find((proof) => proof.csrf)?.csrf;
  const pickable = protocol.ownPages && site.catalog.find(name)?.listed === true;
  const supposed = pickable ? { ...identity, client: identity.client ?? anyClient } : identity;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // nobody reads where a fault comes from, and lists ask for thousands of functions
  try {
    admit({ name, read: () => ({}) }, { ...knock, identity: supposed, csrf });
    return true;
  } catch (reason) {
    if (reason instanceof Fault) return false;
    throw reason;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function findFunction(call: Call, knock: Knock): AnyFunction {
  const { site, protocol } = knock;
  const own = protocol.functions?.find((fn) => fn.name === call.name);
  if (own !== undefined) return own;
  const fn = site.catalog.find(call.name, call.spelling);
  if (fn === undefined) throw unknown('function');
  if (protocol.name === internalProtocol) return fn;
  if (fn.internal) throw unknown('internal');
  if (!(protocol.ownPages && isForOwnPages(fn.name))) switchGate(fn, knock);
  if (call.service !== undefined) inService(site.service(call.service), fn, knock);
  for (const { serviceId } of knock.identity.proofs) {
    if (serviceId !== undefined) inService(site.service(serviceId), fn, knock);
  }
  return fn;
}

/** Functions that are on; for our own pages, which come past the door's switches, also while the site is. */
function switchGate(fn: AnyFunction, { site, protocol }: Knock): void {
  if (!site.functionIsOn(fn)) throw unknown('function-off');
  if (protocol.ownPages && !site.on) {
    throw new Fault('service-off', 'Web services are switched off', { gate: 'site' });
  }
}

function inService(service: SiteService | undefined, fn: AnyFunction, knock: Knock): void {
  if (service?.has(fn) !== true) throw unknown('service');
  try {
    serviceGate(service, knock.identity, knock);
  } catch (reason) {
    throw asTold(fn, reason);
  }
}

function identified(fn: AnyFunction, identity: Identity): void {
  const wanting =
    (fn.access.client === 'required' && identity.client === undefined) ||
    (fn.access.user === 'required' && identity.user === undefined);
  if (wanting) throw new Fault('unauthenticated', 'This function wants to know who calls', { gate: 'identify' });
}

/** Every credential must allow the protocol and the function; what is a protocol's own belongs to the protocol. */
function credentialGate(fn: AnyFunction, { identity, protocol }: Knock): void {
  const own = protocol.functions?.includes(fn) === true;
  for (const { limits } of identity.proofs) {
    if (limits.protocols.length > 0 && !limits.protocols.includes(protocol.name))
      throw forbidden('credential-protocol');
    if (!own && limits.functions.length > 0 && !matchesAny(limits.functions, fn.name)) {
      throw forbidden('credential-function');
    }
  }
}

/** What a user needs to call anything at all from outside, beside what the function asks for. */
function webserviceGate(fn: AnyFunction, { identity, protocol }: Knock): void {
  if (identity.user === undefined || protocol.ownPages) return;
  const { grants } = identity;
  if (holds(grants, 'webservice:use') && holds(grants, protocolCapability(protocol.name))) return;
  if (!fn.name.startsWith('auth.')) throw forbidden('webservice');
}

const protocolCapabilities = new Map<string, string>();

/** `webservice:<protocol>`, put together once: a set finds a text that it has seen before sooner than a fresh one. */
function protocolCapability(protocol: string): string {
  let capability = protocolCapabilities.get(protocol);
  if (capability === undefined) {
    capability = `webservice:${protocol}`;
    protocolCapabilities.set(protocol, capability);
  }
  return capability;
}

/** What the function asks for, in any context for now. */
function capabilityGate(fn: AnyFunction, identity: Identity): void {
  for (const capability of fn.access.capabilities ?? []) {
    if (can(identity, capability)) continue;
    throw identity.user === undefined && identity.client === undefined
      ? new Fault('unauthenticated', 'This function wants to know who calls', { gate: 'capability' })
      : forbidden('capability');
  }
}

/**
 * Checks the function's capabilities in the context of its parameters, once these are read.
 * @throws Fault `forbidden`
 */
export function contextGate(fn: AnyFunction, params: unknown, identity: Identity): void {
  const { capabilities } = fn.access;
  if (capabilities === undefined || capabilities.length === 0 || fn.context === undefined) return;
  const context = fn.context(params as never);
  for (const capability of capabilities) if (!can(identity, capability, context)) throw forbidden('context');
}

/** A session's cookie comes along with whatever a page makes a browser send, so a call must also repeat what only our pages know. */
function csrfGate(call: Call, fn: AnyFunction, { identity, csrf, protocol }: Knock): void {
  if (call.effect === 'read' && !fn.csrf) return;
  if (protocol.ownPages && fn.effect === 'read' && protocol.functions?.includes(fn)) return; // what tells our pages that token
  for (const { csrf: wanted } of identity.proofs) {
    if (wanted !== undefined && !equal(csrf ?? '', wanted)) {
      throw new Fault('csrf', 'The request lacks the token of its session', { gate: 'csrf' });
    }
  }
}

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
