import type { Descriptor, Infer, InputShape } from '../../lib/descriptor.ts';
import type { FaultCode } from '../../lib/fault.ts';
import type { ClientError, TransportError } from './error.ts';
import type { CallOptions } from './options.ts';

/** What the types of a client are made of: a function as `define` makes it. */
interface Fn {
  readonly name: string;
  readonly params: object;
  readonly returns: unknown;
  readonly errors: object;
}

type Listed<M> = M extends Fn ? M : M extends readonly (infer I)[] ? (I extends Fn ? I : never) : never;

/** The functions among the members of an array, of a record, or of a module; there may be arrays of them. */
export type FunctionsOf<F> = F extends readonly (infer M)[] ? Listed<M> : Listed<F[keyof F]>;

type ParamsOf<M extends Fn> = InputShape<M['params']>;
type ResultOf<M extends Fn> = M['returns'] extends Descriptor
  ? Infer<M['returns']>
  : undefined extends M['returns']
    ? [M['returns']] extends [undefined]
      ? undefined
      : unknown
    : unknown;

type DataOf<E, P> = P extends 'xmlrpc' ? undefined : E extends { readonly data: infer D } ? Infer<D> : undefined;
type Declared<E, P> = { [C in keyof E & string]: ClientError<C, DataOf<E[C], P>> }[keyof E & string];
type Standard = { [C in FaultCode]: ClientError<C, undefined> }[FaultCode];

/** Every error that a server may answer a call of these functions with. */
export type ErrorsOf<M extends Fn, P = unknown> = Standard | (M extends Fn ? Declared<M['errors'], P> : never);

/** A call that was planned for a batch. */
export interface Planned<out T = unknown, out E = unknown> {
  readonly function: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Exists for the compiler only: what the call comes to. */
  readonly '~ends'?: Settled<T, E>;
}

/** How a call of a batch ended. */
export type Settled<T = unknown, E = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E | TransportError };

/** How each call of a batch ended, in the order of the calls. */
export type AllSettled<T extends readonly Planned[]> = {
  -readonly [K in keyof T]: T[K] extends Planned<infer V, infer E> ? Settled<V, E> : never;
};

/** What a method is called with: parameters may be left out where none is needed, and options are for calls alone. */
type Arguments<P, O extends readonly unknown[]> =
  Record<never, never> extends P ? [params?: P, ...O] : [params: P, ...O];
type Call<M extends Fn> = (...args: Arguments<ParamsOf<M>, [options?: CallOptions]>) => Promise<ResultOf<M>>;
type Plan<M extends Fn, P> = (...args: Arguments<ParamsOf<M>, []>) => Planned<ResultOf<M>, ErrorsOf<M, P>>;

/** The first words of names, after a prefix. */
type Heads<N extends string, Prefix extends string> = N extends `${Prefix}${infer Rest}`
  ? Rest extends `${infer Head}.${string}`
    ? Head
    : Rest
  : never;

/** Calls or plans, by `p` or undefined. */
type Method<M extends Fn, P> = P extends { readonly plans: infer Protocol } ? Plan<M, Protocol> : Call<M>;

/** Functions word by word: `client.users.get`. */
type Tree<M extends Fn, P, Prefix extends string = ''> = {
  readonly [H in Heads<M['name'], Prefix>]: Branch<M, P, `${Prefix}${H}`>;
};
type Branch<M extends Fn, P, Name extends string> = Leaf<Extract<M, { readonly name: Name }>, P> &
  Twigs<Extract<M, { readonly name: `${Name}.${string}` }>, P, `${Name}.`>;
type Leaf<M extends Fn, P> = [M] extends [never] ? unknown : Method<M, P>;
type Twigs<M extends Fn, P, Prefix extends string> = [M] extends [never] ? unknown : Tree<M, P, Prefix>;

/** Functions by their whole names: `client['users.get']`. */
type Flat<M extends Fn, P> = { readonly [N in M['name']]: Method<Extract<M, { readonly name: N }>, P> };

/** What calls functions, or plans their calls. */
type Functions<M extends Fn, P> = Flat<M, P> & Tree<M, P>;

/** What plans calls of functions for a batch. */
export type Planner<M extends Fn, P = unknown> = Functions<M, { readonly plans: P }>;

/** What a client has beside its functions. */
interface Special<M extends Fn, P> {
  batch<const T extends readonly Planned[]>(
    plan: (calls: Planner<M, P>) => T,
    options?: CallOptions,
  ): Promise<AllSettled<T>>;
  isError(error: unknown): error is ErrorsOf<M, P>;
  isError<C extends ErrorsOf<M, P>['code']>(
    error: unknown,
    code: C,
  ): error is Extract<ErrorsOf<M, P>, { readonly code: C }>;
}

/** A client of these functions. */
export type TypedClient<F, P = unknown> = Functions<FunctionsOf<F>, undefined> & Special<FunctionsOf<F>, P>;
