import type { IncomingHttpHeaders } from 'node:http';
import type { Text } from './chunks.ts';
import type { AnyFunction } from './define.ts';
import type { Fault } from './fault.ts';
import type { Issues } from './issues.ts';
import type { Site } from './site.ts';
import type { Turn } from './turn.ts';

/** What is known of a request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** What follows the route's own path: the function in `/rest/<function>`. */
  readonly tail: string;
  /** The query as it was sent, without `?`; empty if there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  /** The caller's address, forwarded headers of trusted proxies taken into account. */
  readonly address: string;
  /** `http://host` or `https://host` as the caller sees us; host is an allowed one. */
  readonly origin: string;
}

/** A whole request as bytes. */
export interface WireRequest extends RequestHead {
  readonly body: Buffer;
}

/** A whole answer. Content-Length and the request id are added by the transport. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Long texts in pieces: they are encoded piece by piece. */
  readonly body: Text | Buffer;
}

/** Credentials found inside a message (WS-Security); those in HTTP headers are read by the gates. */
export interface MessageCredentials {
  readonly username: string;
  /** The password; with `digest` what was made of it, in base64. */
  readonly password: string;
  /** What else went into the digest (UsernameToken Profile 1.0 §3.1): the nonce in base64, the time as it was sent. */
  readonly digest?: { readonly nonce: string; readonly created: string };
}

/** One call out of a message, its arguments still in the protocol's own form. */
export interface Call {
  readonly name: string;
  /** How `name` is spelt: as the function, or as the WSDL operation (`.` as `_`), in which case both count. */
  readonly spelling?: 'operation';
  readonly credentials?: MessageCredentials;
  /** The service that the caller has addressed, by its name (`/soap/<service>`). */
  readonly service?: string;
  /** Set where the request's method is good for reading only: GET and HEAD. */
  readonly effect?: 'read';
  /** Bytes of the message, for the limits of functions; 0 if nothing was sent. */
  readonly size?: number;
  /**
   * Reads the arguments by the function's descriptor into values as handlers have them, absent ones left out and
   * defaults filled in. Wrong values go into `issues`; a message that breaks is a thrown Fault. Called after admission, and
   * once; where `issues` has bookmarks again after each turn, to go on where they are.
   */
  read(fn: AnyFunction, issues: Issues): Record<string, unknown>;
}

/** How a call ended: with a result already in the protocol's own form (`Protocol.write`), or with a fault. */
export type Outcome<Written = Text> =
  | { readonly ok: true; readonly fn: AnyFunction; readonly written: Written }
  | { readonly ok: false; readonly fn: AnyFunction | undefined; readonly fault: Fault };

/** A message as a list of calls, each of which may be a fault already, and what the answer must repeat. */
export interface Decoded<Note> {
  readonly calls: readonly (Call | Fault)[];
  readonly note: Note;
}

/**
 * Where a protocol answers, and by which methods. A path that ends in `/*` answers one more segment there; `prefix` routes
 * answer everything below their path too.
 */
export interface Route {
  readonly path: string;
  readonly prefix?: boolean;
  /** Set where documents are and no calls. */
  readonly document?: true;
  /** Set where pages for people are: links of other sites lead there, and nobody need be known. */
  readonly page?: true;
  readonly methods: readonly string[];
}

/**
 * A protocol: pure, synchronous functions between bytes and calls. It knows neither gates nor functions' handlers.
 * `Note` is what an answer repeats of its request (ids, versions, styles), opaque to lib.
 */
export interface Protocol<Note = unknown> {
  /** The name in `enabledwsprotocols`. */
  readonly name: string;
  readonly routes: readonly Route[];
  /** Whether it is on, where no switch has its name: of documents that belong to no one protocol. */
  isOn?(site: Site): boolean;
  /** Functions that exist in this protocol only and are on with it (`system.listMethods`). */
  readonly functions?: readonly AnyFunction[];
  /**
   * Set on the protocol of the site's own pages: for pages of our origin alone, by their session alone, and past the
   * switches for what administers the site, so that nobody who switches all off is locked out.
   */
  readonly ownPages?: true;
  /** Whether the site has this protocol at all; always if left out. Where it has not, its paths are nobody's. */
  exists?(site: Site): boolean;
  /** Total: what is wrong with the message is a Fault in the list. */
  decode(request: WireRequest, site: Site): Decoded<Note>;
  /** Decodes a large message the same way, so that others have their turn meanwhile. Total. */
  decodeInTurns?(request: WireRequest, site: Site, turn: Turn): Promise<Decoded<Note>>;
  /** Whether a POST without Content-Type is taken from callers that are no browsers (XML-RPC's oldest clients). */
  readonly untyped?: boolean;
  /**
   * Writes one checked result in the protocol's own form, declared fields only.
   * Throws a Fault `invalid-result` with the path of a value that the protocol cannot carry.
   */
  write(fn: AnyFunction, value: unknown, note: Note): Text;
  /** Writes the same, a long result, piece by piece, so that others have their turn meanwhile. */
  pieces?(fn: AnyFunction, value: unknown, note: Note): Iterable<string>;
  /** Total: outcomes in the order of the calls become the whole answer. `requestId` is repeated in faults. */
  encode(outcomes: readonly Outcome[], note: Note, requestId: string, site: Site): WireResponse;
  /** The note for a refusal at the door, when there is no message to repeat anything of. */
  blank(head: RequestHead): Note;
  /** What the conventions for spans say beside the standard attributes of a call that has ended so. */
  attributes?(fault: Fault | undefined): Readonly<Record<string, string | number>>;
  /** The methods that one address answers, where these are fewer than its route's (RFC 9110 §10.2.1). */
  methods?(head: RequestHead, site: Site): readonly string[] | undefined;
  /** Documents that the protocol serves by GET (`?wsdl`); undefined if the request is not for one. */
  document?(head: RequestHead, site: Site): WireResponse | Fault | undefined;
}
