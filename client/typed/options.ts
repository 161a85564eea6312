import type { ExportedCatalog } from '../../lib/exported/form.ts';

/** The protocols that a client speaks. */
export type ClientProtocol = 'jsonrpc' | 'rest' | 'soap' | 'xmlrpc';

/** How often and how patiently what failed on its way is tried again. */
export interface Retries {
  /** How often at most, after the first time. */
  readonly limit: number;
  /** Milliseconds before the first retry, doubled for each that follows; what is waited is between half of it and all. */
  readonly base?: number;
  /** Milliseconds that are waited at most; a server that asks for more is not asked again. */
  readonly longest?: number;
}

/** What one call may have of its own. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call is given up, retries and all. */
  readonly timeout?: number;
  readonly retries?: number | Retries;
  readonly headers?: Readonly<Record<string, string>>;
  /** The Idempotency-Key under which a call that writes is carried out once; made for each call where retries are on. */
  readonly idempotencyKey?: string;
}

/** Headers, or what gives those of the moment. */
type Headers =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

export interface ClientOptions extends Pick<CallOptions, 'timeout' | 'retries'> {
  /** The site's address without the path of a protocol: `https://api.example.org`; in a page it may be relative. */
  readonly url: string | URL;
  readonly protocol: ClientProtocol;
  /** A token or a JWT, sent as `Authorization: Bearer`; a renewed one is used from when it comes. */
  readonly token?: string;
  /** Hears of renewed tokens, to keep them. */
  readonly onToken?: (token: string) => void;
  /** An API key, sent as `X-API-Key`. */
  readonly key?: string;
  /** Headers for every request, or what makes them for each. */
  readonly headers?: Headers;
  /**
   * Whether the server knows who calls, as it must for an Idempotency-Key; true where there is a token or a key. For cookies,
   * and for headers of your own.
   */
  readonly identified?: boolean;
  /** What sends requests, in place of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** The functions as `define` made them, or as `polywire catalog export` wrote them; else they are fetched when they are needed. */
  readonly catalog?: ExportedCatalog | object;
  /** The target namespace of SOAP, where it is not told by the catalog. */
  readonly namespace?: string;
  /** Bytes that an answer may have. */
  readonly longestAnswer?: number;
  /** Calls that go into one request of a batch: as many as the server takes. */
  readonly batchSize?: number;
}
