import type { Client } from '../client.ts';
import { batch } from './batch.ts';
import type { Planned, TypedClient } from './caller.ts';
import { call, type Line, type Params } from './calls.ts';
import { connect } from './connection.ts';
import { descriptions } from './descriptions.ts';
import { isError } from './error.ts';
import type { CallOptions, ClientOptions, ClientProtocol } from './options.ts';

/** The protocols, each loaded by those alone who speak it. */
const protocols: Readonly<Record<ClientProtocol, () => Promise<Client>>> = {
  jsonrpc: async () => (await import('../jsonrpc.ts')).jsonrpcClient,
  rest: async () => (await import('../rest.ts')).restClient,
  soap: async () => (await import('../soap.ts')).soapClient,
  xmlrpc: async () => (await import('../xmlrpc.ts')).xmlrpcClient,
};

/**
 * Makes a client of functions whose types are `typeof functions`, a module, a record or an array: `client.users.get({ id: 5n })`
 * or `client['users.get']({ id: 5n })`. It needs no connection until it is called.
 * @throws TypeError for an address that is none, or a protocol that there is not
 */
export function createClient<F>(options: ClientOptions & { readonly protocol: 'xmlrpc' }): TypedClient<F, 'xmlrpc'>;
export function createClient<F>(options: ClientOptions): TypedClient<F>;
export function createClient(options: ClientOptions): object {
  const { protocol } = options;
  if (!Object.hasOwn(protocols, protocol)) throw new TypeError(`There is no protocol ${protocol}`);
  const connection = connect(options);
  let loaded: Promise<Client> | undefined;
  const line: Line = {
    options,
    connection,
    describe: descriptions(options, connection),
    protocol: () => {
      loaded ??= protocols[protocol]().catch((reason: unknown) => {
        loaded = undefined;
        throw reason;
      });
      return loaded;
    },
  };
  const own = {
    batch: (plan: (calls: object) => readonly Planned[], options: CallOptions = {}) =>
      batch(line, plan(planner), options),
    isError,
  };
  return words('', own, (name, params, options) => call(line, name, params, options));
}

type Invoke = (name: string, params: Params, options: CallOptions) => unknown;

/** An object whose members are functions of the catalog, word by word or by whole names; none is called `then`. */
function words(path: string, own: object, invoke: Invoke): object {
  const known = new Map<string, object>();
  const target = (params: Params = {}, options: CallOptions = {}) => invoke(path, params, options);
  return new Proxy(path === '' ? own : target, {
    get: (_, word) => {
      if (typeof word !== 'string' || word === 'then') return undefined; // a client is no promise
      if (Object.hasOwn(own, word)) return (own as Readonly<Record<string, unknown>>)[word];
      let member = known.get(word);
      if (member === undefined) {
        member = words(path === '' ? word : `${path}.${word}`, {}, invoke);
        known.set(word, member);
      }
      return member;
    },
  });
}

/** Plans calls instead of making them. */
const planner = words('', {}, (name, params): Planned => ({ function: name, params }));
