import type { AnyFunction } from '../define.ts';
import { Fault } from '../fault.ts';
import type { Caller } from '../handler-call.ts';
import type { Call, Protocol } from '../protocol.ts';
import type { Site } from '../site.ts';

/** The name of the protocol of `server.call`: inside the process, past the switches. */
export const internalProtocol = 'internal';

/** What the gates know when a call reaches them. */
export interface Knock {
  readonly site: Site;
  readonly protocol: Pick<Protocol, 'name' | 'functions'>;
  readonly caller: Caller;
}

function unknown(gate: string): Fault {
  return new Fault('unknown-function', 'There is no such function', { gate });
}

/**
 * The gates of a call, in order: the function exists, is external and on; the caller is known where it asks for one; the
 * method may carry its effect; the message is not too large for it.
 * @throws Fault of the first gate that refuses
 */
export function admit(call: Call, knock: Knock): AnyFunction {
  const fn = findFunction(call, knock);
  identify(fn, knock.caller);
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

function findFunction(call: Call, { site, protocol }: Knock): AnyFunction {
  const own = protocol.functions?.find((fn) => fn.name === call.name);
  if (own !== undefined) return own;
  const fn = site.catalog.find(call.name, call.spelling);
  if (fn === undefined) throw unknown('function');
  if (protocol.name === internalProtocol) return fn;
  if (fn.internal) throw unknown('internal');
  if (!site.functionIsOn(fn)) throw unknown('function-off');
  return fn;
}

function identify(fn: AnyFunction, caller: Caller): void {
  const wanting =
    (fn.access.client === 'required' && caller.client === undefined) ||
    (fn.access.user === 'required' && caller.user === undefined);
  if (!wanting) return;
  if (!fn.listed) throw unknown('identify');
  throw new Fault('unauthenticated', 'This function wants to know who calls', { gate: 'identify' });
}
