import type { Custody } from '../../lib/auth/custody.ts';
import type { Chain } from '../../lib/auth/identity.ts';
import type { Doer } from '../../lib/auth/key.ts';
import type { User } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import type { Protocol } from '../../lib/protocol.ts';
import type { Settings, SettingsStore } from '../../lib/settings.ts';
import type { Site } from '../../lib/site.ts';

/** What the functions of administrators stand on. */
export interface AdminHouse {
  readonly custody: Custody;
  readonly settings: SettingsStore;
  readonly site: () => Site;
  /** Every protocol there is, on or off. */
  readonly protocols: readonly Protocol[];
  /** How calls of a minute are counted. */
  readonly counting: Counting;
  /** The authenticators that settings name. */
  readonly chain: (settings: Settings) => Chain;
  /** Lets this process notice at once what others notice within two seconds. Never fails. */
  readonly refresh: () => Promise<void>;
}

/** Where calls of a minute are counted: in this process alone, in the store for the whole site, or elsewhere. */
export interface Counting {
  readonly minuteCounts: 'process' | 'site' | 'unknown';
  /** Those that this process knows. */
  readonly minutesNow: (now: number) => ReadonlyMap<string, number>;
}

/** What these functions need of their call; a command line has no user. */
export interface AdminCall {
  readonly requestId: string;
  readonly user: User | undefined;
  require(capability: string, context?: string): void;
}

/** Who may call: a known user with one capability, and never by GET. */
export function guarded<const C extends string>(capability: C) {
  return { access: { user: 'required', capabilities: [capability] }, post: true } as const;
}

/** Who does it: for the record of events. */
export function doer({ user, requestId }: AdminCall): Doer {
  return { actor: user?.username ?? 'cli', requestId };
}

/** Notes a change that has been made, and lets this process notice it. */
export async function changed(
  { custody, refresh }: AdminHouse,
  call: AdminCall,
  kind: string,
  subject: string,
): Promise<void> {
  custody.event({ ...doer(call), kind, subject });
  await refresh();
}

/**
 * Checks what descriptors cannot say.
 * @throws Fault `invalid-params` with all that the check has noted
 */
export function check(work: (issues: Issues) => void): void {
  const issues = new Issues();
  issues.collect(() => work(issues));
  if (issues.list.length > 0) throw issues.fault('invalid-params', 'The parameters do not fit');
}

/** A parameter that names what is not there. */
export function missing(path: string, message: string): Fault {
  return new Fault('invalid-params', 'The parameters do not fit', { issues: [{ path, code: 'unknown', message }] });
}

/** What would leave the site in a state that nobody wants. */
export function conflict(message: string): Fault {
  return new Fault('conflict', message, { gate: 'admin' });
}
