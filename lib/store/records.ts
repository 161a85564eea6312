/**
 * What the store keeps, as plain data. Times are milliseconds since 1970 (UTC); a time that is left out is none. Secrets
 * are never here in clear: hashed where they need only be recognised, sealed where a signature needs them back.
 */

/** When something counts: from `validFrom`, included, until `validUntil`, excluded. */
export interface Validity {
  readonly validFrom?: number | undefined;
  readonly validUntil?: number | undefined;
}

/** How many calls something may make; what is left out is not limited. */
export interface QuotaLimits {
  readonly perMinute?: number | undefined;
  readonly perDay?: number | undefined;
}

export type UserState = 'active' | 'suspended' | 'unconfirmed';

export interface UserRecord extends Validity, QuotaLimits {
  readonly id: number;
  /** Unique, compared as it is written in lower case. */
  readonly username: string;
  readonly name: string;
  readonly state: UserState;
  /** Where the user may call and log in from, whatever the credential; empty or left out means everywhere. */
  readonly addresses?: readonly string[] | undefined;
  /** A scrypt hash in its own text form; undefined for users who have no password. */
  readonly password?: string | undefined;
  readonly created: number;
}

/** A role is a set of capabilities; `*` is every capability. */
export interface RoleRecord {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly capabilities: readonly string[];
}

/** A user has a role in a context path (`/`, `/course/5`) and in everything below it. */
export interface AssignmentRecord {
  readonly userId: number;
  readonly roleId: number;
  readonly context: string;
}

/** A user of a restricted service. */
export interface ServiceUserRecord extends Validity {
  readonly userId: number;
  /** Empty means all. */
  readonly addresses: readonly string[];
}

/** A named set of functions; a token may belong to one. */
export interface ServiceRecord {
  readonly id: number;
  /** As in `/soap/<name>`: letters, digits, `_`, `-` and `.`, unique without case. */
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Whether only its listed users may use it. */
  readonly restricted: boolean;
  /** A capability that its users need. */
  readonly capability?: string | undefined;
  /** Names or globs. */
  readonly functions: readonly string[];
  readonly users: readonly ServiceUserRecord[];
}

/** What a key or token may be used for; empty lists mean all. */
export interface CredentialLimits extends Validity, QuotaLimits {
  readonly addresses: readonly string[];
  readonly protocols: readonly string[];
  /** Names or globs. */
  readonly functions: readonly string[];
}

/** One secret of a key: two of them while a rotation overlaps. */
export interface KeySecretRecord extends Validity {
  readonly id: number;
  /** SHA-256 in hex. */
  readonly hash: string;
  /** For keys that sign: the secret, encrypted under the site's secret. */
  readonly sealed?: string | undefined;
}

/** The key of a client program. */
export interface KeyRecord extends CredentialLimits {
  /** Public: 20 letters and digits. */
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  /** Whether it signs requests (HTTP signatures, OAuth 1.0a) instead of being sent along. */
  readonly signing: boolean;
  /** The user who may renew it. */
  readonly owner?: number | undefined;
  readonly secrets: readonly KeySecretRecord[];
  readonly created: number;
  readonly revoked?: number | undefined;
  readonly lastUsed?: number | undefined;
  readonly lastAddress?: string | undefined;
}

/** The token of a user. */
export interface TokenRecord extends CredentialLimits {
  readonly id: number;
  /** SHA-256 of the token in hex. */
  readonly hash: string;
  readonly userId: number;
  readonly serviceId?: number | undefined;
  readonly name: string;
  /** Whether every answer brings a fresh token and this one then lives for a short grace only. */
  readonly renewing: boolean;
  /** The first of the tokens that took one another's place; undefined for a first one. */
  readonly origin?: number | undefined;
  readonly created: number;
  readonly revoked?: number | undefined;
  readonly lastUsed?: number | undefined;
  readonly lastAddress?: string | undefined;
}

/** A password of one application (WS-Security digests need it back, so it is sealed). */
export interface AppPasswordRecord extends Validity {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  readonly hash: string;
  readonly sealed: string;
  readonly created: number;
  readonly revoked?: number | undefined;
}

/** A browser's session. */
export interface SessionRecord {
  /** SHA-256 of the cookie in hex. */
  readonly hash: string;
  readonly userId: number;
  /** What every POST must repeat. */
  readonly csrf: string;
  readonly created: number;
  readonly validUntil: number;
}

/** How a call ended and who made it: never its arguments, never its result. */
export interface AuditRecord {
  readonly time: number;
  readonly requestId: string;
  readonly function: string;
  readonly protocol: string;
  readonly client?: string | undefined;
  readonly user?: string | undefined;
  readonly address: string;
  /** `ok` or the code of the fault. */
  readonly code: string;
  readonly gate?: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
}

/** A record with its place among all: the order in which they could be seen. */
export interface StoredRecord extends AuditRecord {
  readonly id: number;
}

/** Something of the life of credentials and switches. */
export interface EventRecord {
  readonly time: number;
  /** `login`, `login-failed`, `token-created`, `key-revoked`, `setting-changed`, … */
  readonly kind: string;
  /** Who did it: a user name, `cli`, a mark for names that nobody has; undefined if nobody is known. */
  readonly actor?: string | undefined;
  /** What it was done to: a key's id, a setting's name. */
  readonly subject?: string | undefined;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Which records are wanted; what is left out does not matter. */
export interface RecordFilter {
  readonly requestId?: string;
  readonly function?: string;
  readonly client?: string;
  readonly user?: string;
  readonly code?: string;
  /** Those that did not end well. */
  readonly failed?: boolean;
  /** Those over protocols: not those of the console and the command line. */
  readonly wire?: boolean;
  readonly protocol?: string;
  readonly kind?: string;
  readonly since?: number;
  readonly until?: number;
  /** Those with a greater `id`, the oldest of them first. */
  readonly after?: number;
  /** Those that come after this one where the newest come first. */
  readonly before?: { readonly time: number; readonly id: number };
  /** The newest so many; 100 if left out, 10,000 at most. */
  readonly limit?: number;
}

/** What the protocol is called in records of calls that came over none: from the console and from inside. */
export const notWire = ['console', 'internal'] as const;

/** What calls are told apart by when they are counted. */
export type UsageGroup = 'function' | 'protocol' | 'caller' | 'code';

/** Which calls are counted, and how. */
export interface UsageFilter {
  readonly since: number;
  readonly until: number;
  /** Milliseconds of a bucket; the first begins with `since`. */
  readonly step: number;
  readonly by: UsageGroup;
  readonly function?: string | undefined;
  readonly protocol?: string | undefined;
  readonly client?: string | undefined;
  readonly user?: string | undefined;
  readonly code?: string | undefined;
  /** Those that did not end well. */
  readonly failed?: boolean | undefined;
  /** Those over protocols: not those of the console and the command line. */
  readonly wire?: boolean | undefined;
}

/** Calls of one bucket and group that took about as long. */
export interface UsageRow {
  readonly bucket: number;
  /** A caller is `user:<name>`, else `key:<id>`, else empty. */
  readonly group: string;
  /** Durations from e^(bin/10) milliseconds until e^((bin+1)/10). */
  readonly bin: number;
  readonly calls: number;
  readonly errors: number;
  /** Milliseconds together, and of the longest. */
  readonly duration: number;
  readonly longest: number;
}
