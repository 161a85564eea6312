import type { Deadlines } from './deadline.ts';
import { unwrap } from './descriptor.ts';
import { internalProtocol } from './gates/admit.ts';
import type { Caller } from './handler-call.ts';
import type { Log } from './log.ts';
import { run } from './pipeline.ts';
import type { Call } from './protocol.ts';
import type { Site } from './site.ts';

let count = 0;

/**
 * Carries out a call of this process itself: values as handlers have them, past the switches, through all checks.
 * @throws Fault with which the call ended
 */
export async function callInside(
  name: string,
  params: Readonly<Record<string, unknown>>,
  caller: Caller,
  site: Site,
  deadlines: Deadlines,
  log: Log,
): Promise<unknown> {
  const requestId = `${internalProtocol}-${(++count).toString(36)}`;
  const call: Call = {
    name,
    read: (fn) => {
      const values: Record<string, unknown> = { ...params };
      for (const [field, descriptor] of Object.entries(fn.params)) {
        const { fallback } = unwrap(descriptor);
        const given = Object.hasOwn(params, field) ? params[field] : undefined;
        if (given === undefined && fallback !== undefined) values[field] = fallback.value;
      }
      return values;
    },
  };
  const scope = {
    site,
    protocol: { name: internalProtocol },
    caller,
    requestId,
    deadlines,
    pending: undefined,
    gone: undefined,
  };
  const started = performance.now();
  const outcome = await run(call, scope, (_, value) => value);
  const fault = outcome.ok ? undefined : outcome.fault;
  const ended = performance.now();
  log.call({ requestId, protocol: internalProtocol, function: name, fault, ended, duration: ended - started });
  if (!outcome.ok) throw outcome.fault;
  return outcome.written;
}
