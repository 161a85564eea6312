import type { IncomingHttpHeaders } from 'node:http';
import type { Client, User } from '../define.ts';
import type { MessageCredentials } from '../protocol.ts';
import type { QuotaSubject } from '../quota/quota.ts';
import type { CredentialLimits } from '../store/records.ts';
import type { Grant } from './directory.ts';

/** What an authenticator may look at. */
export interface Presented {
  readonly method: string;
  /** Scheme and host by which the caller knows us: `https://api.example.org`. */
  readonly origin: string;
  /** The path as it was sent. */
  readonly path: string;
  /** The query as it was sent, without `?`; empty if there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came: for schemes in which a header given twice matters. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Credentials inside the message (WS-Security). */
  readonly message: MessageCredentials | undefined;
  readonly address: string;
  readonly protocol: string;
  /** The id that the answer, the log and the audit have. */
  readonly requestId: string;
  /** Milliseconds since 1970: the one clock of this call. */
  readonly now: number;
}

/** Who a credential is, once it has been proven, and what it may be used for. */
export interface Proof {
  readonly client?: Client;
  readonly user?: User;
  /** What the credential itself allows; the gates check it. */
  readonly limits: CredentialLimits;
  /** Where the user may call from, whatever the credential says; left out means everywhere. */
  readonly addresses?: readonly string[];
  /** What the user may do, by all roles together. */
  readonly grants?: readonly Grant[];
  /** Whose calls are counted: `key:<id>`, `token:<id>`, `user:<id>`. */
  readonly subjects: readonly QuotaSubject[];
  /** The service that a token belongs to. */
  readonly serviceId?: number;
  /** Scopes of a JWT: capabilities beyond these do not count; undefined means all. */
  readonly scopes?: readonly string[];
  /** Whether a browser sends the credential by itself, so that a POST must also bring this CSRF token. */
  readonly csrf?: string;
  /** Which session of a browser it is, as the store knows it: what `auth.endsession` ends. */
  readonly session?: string;
  /** Headers that the answer must carry: a fresh token. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One way of proving who calls. `find` is cheap and looks whether there is a credential of this sort at all; `verify`
 * says whose it is.
 */
export interface Authenticator<Found = unknown> {
  /** Its name in the chains of the settings. */
  readonly name: string;
  /** What it proves: the program that calls, or the person. */
  readonly kind: 'client' | 'user';
  /** What the request carries for this authenticator; undefined if nothing. A credential too broken to read is found all the same. */
  find(request: Presented): Found | undefined;
  /**
   * Whose the credential is, or undefined: wrong, unknown, revoked, replayed, all the same to the caller. Secrets are
   * compared in constant time.
   * @throws Fault `unavailable` where that cannot be found out, `rate-limited` by a login limiter
   */
  verify(found: Found, request: Presented): Proof | undefined | Promise<Proof | undefined>;
  /** The headers that `find` looks at, in lower case. Left out, no proof of any authenticator is remembered. */
  readonly headers?: readonly string[];
  /**
   * Whether a proof may be repeated for the same headers on the same connection until the directory's revision changes:
   * right for keys and tokens, wrong for whatever is signed or used once.
   */
  readonly repeatable?: boolean;
  /** Whether browsers send it by themselves (cookies): it counts only where no other credential is. */
  readonly ambient?: boolean;
}

/** Declares an authenticator of one's own, to be named in the chains of the settings. */
export function defineAuthenticator<Found>(authenticator: Authenticator<Found>): Authenticator {
  return Object.freeze({ ...authenticator }) as Authenticator;
}
