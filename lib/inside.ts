import { randomBytes } from 'node:crypto';
import type { Grant } from './auth/directory.ts';
import { type Identity, nobody } from './auth/identity.ts';
import type { Deadlines } from './deadline.ts';
import type { Client, User } from './define.ts';
import { unwrap } from './descriptor.ts';
import { internalProtocol } from './gates/admit.ts';
import type { Log } from './log.ts';
import { openScope, run } from './pipeline.ts';
import type { Call } from './protocol.ts';
import type { Site } from './site.ts';

/** In whose name this process calls a function of its own; nobody's name is the site's own, which may do everything. */
export interface Caller {
  readonly client?: Client;
  readonly user?: User;
  /** What the user may do; nothing if left out. */
  readonly grants?: readonly Grant[];
}

const everything: readonly Grant[] = [{ context: '/', capabilities: new Set(['*']) }];

function identityOf({ client, user, grants }: Caller): Identity {
  return { ...nobody, client, user, grants: grants ?? (user === undefined ? everything : []) };
}

/** Ids of calls inside a process: unique across processes, since the audit keeps them. */
const idPrefix = randomBytes(6).toString('hex');
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
  const requestId = `${internalProtocol}-${idPrefix}-${(++count).toString(36)}`;
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
  const identity = identityOf(caller);
  const scope = openScope({ site, protocol: { name: internalProtocol }, requestId, deadlines, identity });
  const started = performance.now();
  const outcome = await run<unknown>(call, scope, { write: (_, value) => value });
  const fault = outcome.ok ? undefined : outcome.fault;
  const ended = performance.now();
  log.call({
    requestId,
    traceId: scope.trace?.traceId,
    protocol: internalProtocol,
    function: name,
    fault,
    ended,
    duration: ended - started,
    client: caller.client?.id,
    user: caller.user?.username,
    address: '',
  });
  if (!outcome.ok) throw outcome.fault;
  return outcome.written;
}
