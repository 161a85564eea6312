import type { Descriptor, Fields, Infer, ObjectDescriptor, Shape } from './descriptor.ts';
import { copied } from './members.ts';
import type { TraceHeaders } from './observe/trace-context.ts';

/** Who may call: `required` needs one, `optional` takes one, left out means that nobody is asked for. */
export interface Access {
  readonly client?: 'required' | 'optional';
  readonly user?: 'required' | 'optional';
  readonly capabilities?: readonly string[];
}

/** A program that calls, known by its key. */
export interface Client {
  readonly id: string;
  readonly name: string;
}

/** A person on whose behalf the call is made. */
export interface User {
  readonly id: string;
  readonly username: string;
}

/** An error that a function declares: its number is unique and positive, its data type one for the code everywhere. */
export interface DeclaredError {
  readonly number: number;
  /** HTTP status for REST, 400 to 599; 400 if left out. */
  readonly status?: number;
  readonly message?: string;
  readonly data?: ObjectDescriptor;
}
export type Errors = Readonly<Record<string, DeclaredError>>;

type CallerPart<W, T> = W extends 'required' ? T : W extends 'optional' ? T | undefined : undefined;

/** What describes a function that is on, for lists of functions. */
export interface ListedFunction {
  readonly name: string;
  readonly description: string;
  readonly effect: 'read' | 'write';
  readonly params: Fields;
  readonly returns: Descriptor | undefined;
  readonly errors: Errors;
  readonly examples: readonly Example<Readonly<Record<string, unknown>>>[];
  readonly deprecated: { readonly since: string; readonly use?: string } | undefined;
  readonly helpUrls: readonly string[];
  readonly idempotent: boolean;
  readonly destructive: boolean;
}

/** What a handler gets beside its parameters. */
export interface CallContext<E = Errors, A = Access> {
  readonly requestId: string;
  /** The protocol that carried the call: `rest`, `jsonrpc`, …; `internal` for `server.call`. */
  readonly protocol: string;
  readonly function: string;
  /** Where the caller is, forwarded headers of trusted proxies taken into account; empty inside the process. */
  readonly address: string;
  /** Scheme and host by which the caller knows us (`https://api.example.org`); empty inside the process. */
  readonly origin: string;
  /** Aborted when the deadline passes or the caller goes away. */
  readonly signal: AbortSignal;
  readonly client: CallerPart<A extends { readonly client?: infer C } ? C : undefined, Client>;
  readonly user: CallerPart<A extends { readonly user?: infer U } ? U : undefined, User>;
  /** Whether the caller may call a function in the same way: by the gates that the call would meet, quotas aside. */
  mayCall(name: string): boolean;
  /** Whether the caller has a capability in a context path such as `/course/5`; `/` if left out. */
  can(capability: string, context?: string): boolean;
  /** As `can`; ends the call with `forbidden` where it is false. */
  require(capability: string, context?: string): void;
  /**
   * Adds a header to the answer, whatever the protocol; of several of one name the last counts.
   * @throws TypeError for what cannot be a header, or is the protocol's own
   */
  header(name: string, value: string): void;
  /**
   * What a request to another server takes along so that it belongs to this call's trace (W3C Trace Context): `fetch(url,
   * { headers: { ...call.traceHeaders } })`.
   */
  readonly traceHeaders: TraceHeaders;
  /** The listed functions that are on, as this caller may see them. */
  functions(): readonly ListedFunction[];
  /** Ends the call with an error that the function has declared. */
  fail<K extends keyof E & string>(
    code: K,
    ...rest: E[K] extends { readonly data: infer D }
      ? [data: Infer<D>, message?: string]
      : [data?: undefined, message?: string]
  ): never;
}

/** An example of a call, shown in documentation and run by tests. */
export interface Example<P> {
  readonly params: P;
  readonly description?: string;
}

interface Declaration<P, R, E, A> {
  /** What the function does, in a sentence or two. */
  readonly description: string;
  /** `read` may be called by GET and cached; `write` never. */
  readonly effect: 'read' | 'write';
  readonly access?: A;
  /** In order: positional calls need it. */
  readonly params?: P;
  readonly returns?: R;
  readonly errors?: E;
  readonly examples?: readonly Example<Readonly<Record<string, unknown>>>[];
  /** Shown in lists and documents (default true). */
  readonly listed?: boolean;
  /** Never callable from outside. */
  readonly internal?: boolean;
  /** Only by POST, although it reads. */
  readonly post?: boolean;
  readonly csrf?: boolean;
  readonly cache?: { readonly mode: 'public' | 'private'; readonly maxAge?: number; readonly sharedMaxAge?: number };
  readonly quota?: { readonly weight?: number };
  readonly deprecated?: { readonly since: string; readonly use?: string };
  readonly helpUrls?: readonly string[];
  readonly idempotent?: boolean;
  /** Whether it may overwrite or remove what is there: as every function that writes, unless it says false. */
  readonly destructive?: boolean;
  /** Whether its result is a secret shown once: it is never kept for an Idempotency-Key. */
  readonly sensitive?: boolean;
  /** The context path for capability checks, computed from the parameters. */
  readonly context?: (params: Shape<P>) => string;
  /** Bytes that a request to this function may have, where the site's limit is too small. */
  readonly body?: number;
  /** Milliseconds until a call is given up; the site's deadline if left out. */
  readonly deadline?: number;
  /** Other names of parameters, accepted where parameters are named. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** What a handler may give; nothing at all where nothing is declared. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler without a result need not say `return undefined`
type Result<R> = R extends Descriptor ? Infer<R> : undefined | void;

/**
 * A declaration with its handler, last so that TypeScript infers everything before it. `V` is what the handler gives: as a type
 * of its own it keeps the texts of enumerations literal.
 */
export interface Definition<P, R, E, A, V> extends Declaration<P, R, E, A> {
  readonly handler: (params: Shape<P>, call: CallContext<E, A>) => Promise<V> | V;
}

/** A function of the catalog: frozen data and the handler. */
export interface FunctionDescriptor<N extends string = string, P = Fields, R = Descriptor | undefined, E = Errors> {
  readonly name: N;
  readonly description: string;
  readonly effect: 'read' | 'write';
  readonly access: Access;
  readonly params: P;
  readonly returns: R;
  readonly errors: E;
  readonly examples: readonly Example<Readonly<Record<string, unknown>>>[];
  readonly listed: boolean;
  readonly internal: boolean;
  readonly post: boolean;
  readonly csrf: boolean;
  readonly cache:
    | { readonly mode: 'public' | 'private'; readonly maxAge?: number; readonly sharedMaxAge?: number }
    | undefined;
  readonly quota: { readonly weight?: number } | undefined;
  readonly deprecated: { readonly since: string; readonly use?: string } | undefined;
  readonly helpUrls: readonly string[];
  readonly idempotent: boolean;
  readonly destructive: boolean;
  readonly sensitive: boolean;
  readonly context: ((params: never) => string) | undefined;
  readonly body: number | undefined;
  readonly deadline: number | undefined;
  readonly aliases: Readonly<Record<string, string>>;
  readonly handler: (params: never, call: never) => unknown;
}

/** Any function of a catalog, whatever it takes and returns. */
export type AnyFunction = FunctionDescriptor<string, Fields, Descriptor | undefined, Errors>;

/** All of a function that is plain data: what can be carried to another process. */
export type FunctionData = Omit<AnyFunction, 'handler' | 'context'>;

/**
 * Declares a function of the catalog. Nothing is checked here: the catalog does, and names function and path.
 * @param name dotted words: `users.get_users`
 */
export function define<
  const N extends string,
  P extends Fields = Record<never, never>,
  R extends Descriptor | undefined = undefined,
  const E extends Errors = Record<never, never>,
  const A extends Access = Record<never, never>,
  const V extends Result<R> = Result<R>,
>(name: N, definition: Definition<P, R, E, A, V>): FunctionDescriptor<N, P, R, E> {
  if (definition === undefined) return define(name, {} as never); // as JavaScript lets one write
  return Object.freeze({
    ...definition, // so that the catalog sees a misspelt member, and refuses it
    name,
    description: definition.description,
    effect: definition.effect,
    access: copied(definition.access),
    params: copied(definition.params) as P,
    returns: definition.returns as R,
    errors: copied(definition.errors) as E,
    examples: definition.examples === undefined ? [] : definition.examples,
    listed: definition.listed ?? true,
    internal: definition.internal ?? false,
    post: definition.post ?? false,
    csrf: definition.csrf ?? false,
    cache: definition.cache,
    quota: definition.quota,
    deprecated: definition.deprecated,
    helpUrls: definition.helpUrls === undefined ? [] : definition.helpUrls,
    idempotent: definition.idempotent ?? definition.effect === 'read',
    destructive: definition.destructive ?? definition.effect === 'write',
    sensitive: definition.sensitive ?? false,
    context: definition.context,
    body: definition.body,
    deadline: definition.deadline,
    aliases: copied(definition.aliases),
    handler: definition.handler,
  });
}
