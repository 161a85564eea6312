import type { PartialSettings } from '../settings.ts';
import type {
  AppPasswordRecord,
  AssignmentRecord,
  AuditRecord,
  CredentialLimits,
  EventRecord,
  KeyRecord,
  KeySecretRecord,
  RecordFilter,
  RoleRecord,
  ServiceRecord,
  ServiceUserRecord,
  SessionRecord,
  StoredRecord,
  TokenRecord,
  UsageFilter,
  UsageRow,
  UserRecord,
} from './records.ts';

/** A record before the store has given it a number. */
type New<T> = Omit<T, 'id'>;
/** Some members of a record; one that is there and undefined is taken away. */
type Change<T, Fixed extends keyof T = never> = { readonly [K in Exclude<keyof T, 'id' | Fixed>]?: T[K] | undefined };

/**
 * Settings as people wrote them: those that differ from their defaults.
 * Everything that another process must notice within two seconds raises the store's revision in the same transaction:
 * settings, users, roles, assignments, services, changes and revocations of keys, tokens, app passwords. New tokens,
 * sessions, nonces, counts, audit records and times of use do not.
 */
export interface SettingsTable {
  read(): Promise<PartialSettings>;
  /** Replaces all settings by what `change` makes of them, in one transaction: two changes never lose one another. */
  update(change: (held: PartialSettings) => PartialSettings): Promise<PartialSettings>;
  /** Takes settings over if none were ever written: true for the first of all processes that try. */
  importOnce(settings: PartialSettings): Promise<boolean>;
}

export interface Users {
  /** @throws Fault `conflict` if the name is taken */
  create(user: New<UserRecord>): Promise<UserRecord>;
  find(id: number): Promise<UserRecord | undefined>;
  byName(username: string): Promise<UserRecord | undefined>;
  list(): Promise<readonly UserRecord[]>;
  /** Whether there was such a user. */
  update(id: number, change: Change<UserRecord, 'created'>): Promise<boolean>;
  /** With all that belongs to the user: assignments, tokens, sessions, app passwords. */
  remove(id: number): Promise<boolean>;
  /** How many users there are. */
  count(): Promise<number>;
}

export interface Roles {
  create(role: New<RoleRecord>): Promise<RoleRecord>;
  list(): Promise<readonly RoleRecord[]>;
  update(id: number, change: Change<RoleRecord>): Promise<boolean>;
  remove(id: number): Promise<boolean>;
  assign(assignment: AssignmentRecord): Promise<void>;
  unassign(assignment: AssignmentRecord): Promise<boolean>;
  /** Of a user. */
  assignments(userId: number): Promise<readonly AssignmentRecord[]>;
  /** Of a role, in the order of the users' names. */
  holders(roleId: number): Promise<readonly AssignmentRecord[]>;
}

export interface Services {
  create(service: New<ServiceRecord>): Promise<ServiceRecord>;
  list(): Promise<readonly ServiceRecord[]>;
  update(id: number, change: Change<ServiceRecord, 'users'>): Promise<boolean>;
  /** With its tokens. */
  remove(id: number): Promise<boolean>;
  /** Adds a user, or changes one that is there. */
  putUser(id: number, user: ServiceUserRecord): Promise<void>;
  removeUser(id: number, userId: number): Promise<boolean>;
}

export interface Keys {
  create(key: Omit<KeyRecord, 'secrets'>, secret: New<KeySecretRecord>): Promise<KeyRecord>;
  find(id: string): Promise<KeyRecord | undefined>;
  list(): Promise<readonly KeyRecord[]>;
  update(id: string, change: Change<KeyRecord, 'secrets' | 'created'>): Promise<boolean>;
  /** Adds a secret; those before it end at `until` at the latest. */
  rotate(id: string, secret: New<KeySecretRecord>, until: number): Promise<boolean>;
  /** Notes uses, later than those noted. */
  touch(uses: readonly { readonly id: string; readonly at: number; readonly address: string }[]): Promise<void>;
}

/** What may be changed of a token. */
type TokenChange = Change<Pick<TokenRecord, 'name' | 'serviceId' | 'renewing' | keyof CredentialLimits>>;
/** What a token has of its own that takes the place of another. */
export type FreshToken = Pick<TokenRecord, 'hash' | 'renewing' | 'created' | 'validUntil'>;

export interface Tokens {
  create(token: New<TokenRecord>): Promise<TokenRecord>;
  find(id: number): Promise<TokenRecord | undefined>;
  byHash(hash: string): Promise<TokenRecord | undefined>;
  list(filter?: { readonly userId?: number; readonly serviceId?: number }): Promise<readonly TokenRecord[]>;
  /**
   * Changes a token, those whose place it took and those that took its place; only the newest of them may live longer
   * for it. The newest, as it is then; undefined if there is none.
   */
  update(id: number, change: TokenChange): Promise<TokenRecord | undefined>;
  /**
   * A fresh token in the place of one that then ends at `until` at the latest and renews itself no more, both or
   * neither. It has what the old one has at that moment: name, service, limits other than the times. Undefined for one that is not there, revoked, or renews itself where the fresh one does not or the other way
   * round: another has come first. Raises the revision unless they renew themselves: such are read anew each time.
   */
  renew(id: number, fresh: FreshToken, until: number): Promise<TokenRecord | undefined>;
  /** Ends a token, those whose place it took and those that took its place. Whether any of them was still good. */
  revoke(id: number, at: number): Promise<boolean>;
  touch(uses: readonly { readonly id: number; readonly at: number; readonly address: string }[]): Promise<void>;
}

export interface AppPasswords {
  create(password: New<AppPasswordRecord>): Promise<AppPasswordRecord>;
  of(userId: number): Promise<readonly AppPasswordRecord[]>;
  revoke(id: number, at: number): Promise<boolean>;
}

export interface Sessions {
  create(session: SessionRecord): Promise<void>;
  find(hash: string): Promise<SessionRecord | undefined>;
  extend(hash: string, validUntil: number): Promise<boolean>;
  remove(hash: string): Promise<boolean>;
  removeOf(userId: number): Promise<void>;
}

export interface Nonces {
  /** Notes a nonce until it expires: false if it has been noted before. */
  use(scope: string, nonce: string, expires: number): Promise<boolean>;
}

export interface Counters {
  /**
   * Adds to a count unless that would exceed the limit, in one step for all processes. A count that has expired begins
   * anew; one that has not keeps its first `expires`. A negative amount gives back what was taken.
   */
  take(
    name: string,
    amount: number,
    limit: number,
    expires: number,
  ): Promise<{ readonly taken: boolean; readonly count: number }>;
  /** The count, 0 if there is none. */
  read(name: string): Promise<number>;
  /** The greatest counts whose names begin and end so, with what is between. */
  list(start: string, end: string, most: number): Promise<readonly { readonly name: string; readonly count: number }[]>;
}

/** How a site gets its first administrator. */
export interface Setups {
  /** Notes the hash of a secret by which somebody may become it, once. */
  offer(hash: string, expires: number): Promise<void>;
  isOffered(hash: string, now: number): Promise<boolean>;
  /**
   * Makes a user who has the role everywhere, and ends all offers: all of it or nothing.
   * @returns undefined where the offer has ended or has been used
   * @throws Fault `conflict` if the name is taken, or somebody has the role
   */
  complete(hash: string, user: New<UserRecord>, role: string, now: number): Promise<UserRecord | undefined>;
  /** Whether anybody who may call has the role everywhere. */
  isHeld(role: string, now: number): Promise<boolean>;
}

/** Outcomes of calls with an Idempotency-Key. */
export interface Outcomes {
  /** Undefined if the call may begin and nobody else may now; else what is held: without outcome as long as it runs. */
  begin(
    scope: string,
    args: string,
    expires: number,
  ): Promise<{ readonly args: string; readonly outcome: string | undefined } | undefined>;
  finish(scope: string, outcome: string): Promise<void>;
  /** For calls that were refused before they began. */
  abandon(scope: string): Promise<void>;
}

export interface Audit {
  write(records: readonly AuditRecord[]): Promise<void>;
  find(filter: RecordFilter): Promise<readonly StoredRecord[]>;
  event(event: EventRecord): Promise<void>;
  events(filter: RecordFilter): Promise<readonly EventRecord[]>;
  /**
   * Removes records of calls older than `before` and events older than `eventsBefore`; cuts addresses to /24 and /48 in
   * those older than `cutBefore`.
   */
  trim(times: { readonly before: number; readonly eventsBefore: number; readonly cutBefore: number }): Promise<void>;
}

/** Calls counted, out of the records of them. */
export interface Usage {
  /** When the oldest record was made that is kept. */
  oldest(): Promise<number | undefined>;
  /** Some rows at a time; rows of one bucket, group and bin may come several times. Others have their turn meanwhile. */
  read(filter: UsageFilter): AsyncIterable<readonly UsageRow[]>;
}

/** Where everything that outlives a process is kept. Every method throws Fault `unavailable` while the database is away. */
export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  readonly settings: SettingsTable;
  readonly users: Users;
  readonly roles: Roles;
  readonly services: Services;
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly appPasswords: AppPasswords;
  readonly sessions: Sessions;
  readonly nonces: Nonces;
  readonly setups: Setups;
  readonly counters: Counters;
  readonly outcomes: Outcomes;
  readonly audit: Audit;
  readonly usage: Usage;
  /** A number that grows with every change that others must notice. */
  revision(): Promise<number>;
  /**
   * Calls back with the revision as it stands, and soon after it has changed, whoever changed it (at most 1.5 s later;
   * PostgreSQL tells at once). `onProblem` hears when the store goes away (once), `onChange` again when it is back.
   */
  watch(onChange: (revision: number) => void, onProblem: (reason: unknown) => void): () => void;
  /** Removes what has expired: nonces, counts, outcomes, sessions. */
  sweep(now: number): Promise<void>;
  close(): Promise<void>;
}
