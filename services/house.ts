import { type AuditSink, createAudit } from '../lib/audit/audit.ts';
import type { Authenticator } from '../lib/auth/authenticator.ts';
import { Authority } from '../lib/auth/authority.ts';
import { basicAuthenticator } from '../lib/auth/basic.ts';
import { chains } from '../lib/auth/chain.ts';
import type { Custody } from '../lib/auth/custody.ts';
import { Directory } from '../lib/auth/directory.ts';
import { jwtAuthenticator } from '../lib/auth/jwt.ts';
import { keyAuthenticator } from '../lib/auth/key.ts';
import { UseNotes } from '../lib/auth/key-uses.ts';
import { createMark } from '../lib/auth/mark.ts';
import { oauth1Authenticator } from '../lib/auth/oauth1/authenticator.ts';
import { createSeal } from '../lib/auth/seal.ts';
import { sessionAuthenticator } from '../lib/auth/session.ts';
import { signatureAuthenticator } from '../lib/auth/signature/authenticator.ts';
import { tokenAuthenticator } from '../lib/auth/token.ts';
import { usernameTokenAuthenticator } from '../lib/auth/username-token.ts';
import type { AnyFunction } from '../lib/define.ts';
import { createOnce } from '../lib/idempotency/create-once.ts';
import type { Log } from '../lib/log.ts';
import { type Family, family } from '../lib/observe/families.ts';
import type { Observer } from '../lib/observe/observer.ts';
import type { Protocol } from '../lib/protocol.ts';
import { createQuota } from '../lib/quota/create-quota.ts';
import { openRedisCounters, type RedisCounters } from '../lib/quota/redis-counters.ts';
import type { Parts } from '../lib/server.ts';
import type { PartialSettings } from '../lib/settings.ts';
import type { Site } from '../lib/site.ts';
import { steadyClock } from '../lib/steady-clock.ts';
import { openStore } from '../lib/store/open.ts';
import type { ServiceRecord } from '../lib/store/records.ts';
import { type SharedState, shareState, storeSettings } from '../lib/store/shared.ts';
import type { Store } from '../lib/store/store.ts';
import type { AdminHouse, Counting } from './admin/house.ts';
import { adminFunctions } from './admin/index.ts';
import { authFunctions } from './auth/index.ts';
import { offerSetup } from './console/setup.ts';

/** What a house is built from. */
export interface HouseOptions {
  /** `sqlite:polywire.db`, `postgres://…`. */
  readonly database: string;
  /** Settings that a fresh database begins with. */
  readonly settings: PartialSettings | undefined;
  /** Secrets of the site under which recoverable ones are sealed: the first seals and makes marks, all open. */
  readonly secrets: readonly string[];
  /** The address of Redis, for counts per minute that several processes share. */
  readonly redis: string | undefined;
  /** Whether other processes serve the same site, so that counts per minute must be shared. */
  readonly shared: boolean;
  /** Authenticators of the site's own. */
  readonly authenticators: readonly Authenticator[];
  readonly protocols: readonly Protocol[];
  readonly log: Log;
  readonly observer: Observer;
  /** The site of the moment; asked only once the server stands. */
  readonly site: () => Site;
}

/** A server's part in a database: what it takes from it, and the functions that come with it. */
export interface House extends Pick<Parts, 'settings' | 'access' | 'ready' | 'release' | 'log'> {
  readonly functions: readonly AnyFunction[];
  /** What the functions of administrators stand on. */
  readonly admin?: AdminHouse;
  /** The services of the moment, the same list as long as they do not change. */
  readonly services: () => readonly ServiceRecord[];
}

/** How often what has expired is removed, in milliseconds. */
const sweeping = 600_000;

/**
 * Opens the database and puts together who may call, what is counted and what is noted.
 * @throws Fault `unavailable` where the database cannot be opened, `invalid-params` for wrong settings in it
 */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { log, observer } = options;
  const problem = (reason: unknown): void => log.events.error({ err: reason }, 'the store or what counts fails');
  const store = await openStore(options.database, { times: (operation) => observer.store.of(operation) });
  const state = await begin(store, options, problem);
  const redis = options.redis === undefined ? undefined : await openRedisCounters(options.redis);
  const audit = createAudit(store, { settings: () => state.current().settings, onProblem: problem });
  observer.add(() => auditFamilies(audit));
  const custody = custodyOf(store, state, audit, options);
  await noteSealed(custody, log);
  const uses = new UseNotes(store);
  const settings = storeSettings(store, state);
  const chain = chains([...authenticators(custody, uses), ...options.authenticators], (name) =>
    log.events.warn(`there is no authenticator ${name}`),
  );
  const refresh = () => state.refresh().then(forget, forget);
  const forget = () => custody.directory.forget();
  const shared = isShared(options, state);
  const quota = createQuota({
    settings: () => state.current().settings,
    perMinute: redis ?? (shared ? store.counters : undefined),
    perDay: store.counters,
    onProblem: problem,
  });
  const counting: Counting = {
    minuteCounts: redis !== undefined ? 'unknown' : shared ? 'site' : 'process',
    minutesNow: (now) => quota.minutes(now),
  };
  const { site, protocols } = options;
  const admin = { custody, settings, site, protocols, chain, refresh, counting };
  const clock = steadyClock();
  const sweeper = setInterval(() => void store.sweep(clock()).catch(problem), sweeping).unref();
  return {
    settings,
    services: () => state.current().services,
    access: {
      chain,
      sessions: [{ authenticator: sessionAuthenticator(custody) as Authenticator, importance: 'sufficient' }],
      authority: new Authority(() => custody.directory.revision),
      quota,
      once: createOnce({ outcomes: store.outcomes, onProblem: problem }),
    },
    ready: () => state.healthy(),
    log: noting(log, audit),
    admin,
    functions: [...adminFunctions(admin), ...authFunctions(custody), offerSetup(admin) as AnyFunction],
    release: () => close({ sweeper, uses, audit, redis, store }),
  };
}

/** The first look at the store; a store that cannot be used is let go of. */
async function begin(store: Store, { settings }: HouseOptions, problem: (reason: unknown) => void) {
  try {
    if (settings !== undefined) await store.settings.importOnce(settings);
    return await shareState(store, { onProblem: problem });
  } catch (reason) {
    await store.close();
    throw reason;
  }
}

function custodyOf(store: Store, state: SharedState, audit: AuditSink, { secrets }: HouseOptions): Custody {
  const directory = new Directory(store, () => state.current().roles);
  state.onChange(() => directory.forget());
  return {
    store,
    directory,
    settings: () => state.current().settings,
    seal: createSeal(secrets),
    mark: createMark(secrets),
    event: (event) => audit.event(event),
  };
}

/** Callers are told no more than that their credentials are not accepted: who forgot the secret of the site reads it here. */
async function noteSealed({ store, seal }: Custody, log: Log): Promise<void> {
  const keys = (await store.keys.list()).filter(({ signing, revoked }) => signing && revoked === undefined);
  const shut = keys.filter(({ secrets }) => secrets.every(({ sealed }) => seal.open(sealed ?? '') === undefined));
  if (shut.length === 0) return;
  log.events.warn(
    `POLYWIRE_SECRET does not open the secrets of these signing keys: ${shut.map(({ id }) => id).join(', ')}`,
  );
}

function authenticators(custody: Custody, uses: UseNotes): readonly Authenticator[] {
  return [
    keyAuthenticator(custody, uses),
    signatureAuthenticator(custody, uses),
    oauth1Authenticator(custody, uses),
    tokenAuthenticator(custody, uses),
    basicAuthenticator(custody),
    usernameTokenAuthenticator(custody),
    jwtAuthenticator(custody),
    sessionAuthenticator(custody),
  ] as readonly Authenticator[];
}

/** Whether counts per minute are to be shared: workers of this machine, or other machines. */
function isShared({ shared }: HouseOptions, state: SharedState): boolean {
  return shared || state.current().settings.quotas.shared;
}

/** Every call is a line of the log and a record of the audit. */
function noting(log: Log, audit: AuditSink): Log {
  return {
    ...log,
    call: (record) => {
      log.call(record);
      audit.call(record);
    },
  };
}

function auditFamilies(audit: AuditSink): readonly Family[] {
  const { waiting, lost } = audit.state();
  return [
    family('polywire_audit_queue_records', [{ labels: {}, value: waiting }]),
    family('polywire_audit_lost_total', [{ labels: {}, value: lost }]),
  ];
}

interface Closing {
  readonly sweeper: NodeJS.Timeout;
  readonly uses: UseNotes;
  readonly audit: AuditSink;
  readonly redis: RedisCounters | undefined;
  readonly store: Store;
}

/** Writes what waits, and lets go of the store last. */
async function close({ sweeper, uses, audit, redis, store }: Closing): Promise<void> {
  clearInterval(sweeper);
  await uses.close();
  await audit.close();
  redis?.close();
  await store.close();
}
