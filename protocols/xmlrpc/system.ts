import { t } from '../../lib/builders.ts';
import { type AnyFunction, type CallContext, define } from '../../lib/define.ts';
import type { Json } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { type Described, helpOf, multicallName, signaturesOf } from './signature.ts';
import { extensions } from './structure.ts';

const Capability = t.object('XmlrpcCapability', { specUrl: t.string(), specVersion: t.int() });

const multicallUrl = 'http://www.xmlrpc.com/discuss/msgReader$1208';
const introspectionUrl = 'http://xmlrpc-c.sourceforge.net/introspection.html';

/** What we can do, under the names by which clients ask for it. */
const capabilities = {
  xmlrpc: { specUrl: 'http://www.xmlrpc.com/spec', specVersion: 1 },
  faults_interop: { specUrl: 'http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php', specVersion: 20010516 },
  [multicallName]: { specUrl: multicallUrl, specVersion: 1 },
  introspection: { specUrl: introspectionUrl, specVersion: 1 },
  nil: { specUrl: extensions, specVersion: 1 },
  i8: { specUrl: extensions, specVersion: 1 },
} as const;

const name = t.string({ description: 'The name of a function.' });

function find(wanted: string, call: Pick<CallContext, 'functions'>): Described {
  const found = call.functions().find((fn) => fn.name === wanted);
  if (found === undefined) throw new Fault('unknown-function', 'There is no such function');
  return found;
}

const listMethods = define('system.listMethods', {
  description: 'Lists the names of all functions that can be called.',
  effect: 'read',
  returns: t.list(t.string()),
  handler: (_params, call) => [...new Set(call.functions().map((fn) => fn.name))].sort(),
});

const methodSignature = define('system.methodSignature', {
  description:
    'Lists the ways to call a function, each as a list of types with the type of the result first; the text "undef" if a type may be any.',
  effect: 'read',
  params: { name },
  returns: t.json(),
  handler: (params, call): Json => signaturesOf(find(params.name, call)),
});

const methodHelp = define('system.methodHelp', {
  description: 'Describes a function: what it does, takes, gives and fails with.',
  effect: 'read',
  params: { name },
  returns: t.string(),
  handler: (params, call) => helpOf(find(params.name, call)),
});

const getCapabilities = define('system.getCapabilities', {
  description: 'Tells which specifications this server follows.',
  effect: 'read',
  returns: t.map(Capability),
  handler: () => capabilities,
});

/** Known by name and shape only: the message is taken apart into its calls while it is decoded. */
const multicall = define(multicallName, {
  description:
    'Carries out several calls, each a struct of methodName and params. Answers an array: for each call its result in an array of one, or a struct of faultCode and faultString.',
  effect: 'write',
  params: { calls: t.list(t.object('XmlrpcCall', { methodName: t.string(), params: t.list(t.json()) })) },
  returns: t.list(t.json()),
  handler: () => {
    throw new Fault('invalid-request', 'A multicall inside of a multicall is not allowed');
  },
});

/** The functions of introspection and batching that XML-RPC clients expect under `system.`. */
export const systemFunctions: readonly AnyFunction[] = [
  listMethods,
  methodSignature,
  methodHelp,
  getCapabilities,
  multicall,
];
