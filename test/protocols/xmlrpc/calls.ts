import { createCatalog } from '../../../lib/catalog.ts';
import { Deadlines } from '../../../lib/deadline.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import type { Descriptor, Fields } from '../../../lib/descriptor.ts';
import { exchange } from '../../../lib/exchange.ts';
import type { Fault, Issue } from '../../../lib/fault.ts';
import { Issues } from '../../../lib/issues.ts';
import { createLog } from '../../../lib/log.ts';
import { openScope } from '../../../lib/pipeline.ts';
import type { Protocol, WireRequest, WireResponse } from '../../../lib/protocol.ts';
import { type PartialSettings, readSettings } from '../../../lib/settings.ts';
import { createSite, type Site } from '../../../lib/site.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { type Answer, parseAnswer } from './independent.ts';

/** A site where the functions are all on. */
export function siteOf(functions: readonly AnyFunction[], settings: PartialSettings = {}): Site {
  const on = { enablewebservices: true, enabledwsprotocols: ['xmlrpc'], enabledwsfunctions: ['*', 'auth.*'] };
  const names = functions.map((fn) => fn.name);
  return createSite(createCatalog(functions), readSettings({ ...on, enabledwsfunctions: names, ...settings }));
}

/** A POST as the transport hands it on. */
export function post(body: string | Uint8Array, contentType: string | undefined = 'text/xml'): WireRequest {
  return {
    method: 'POST',
    path: '/xmlrpc',
    tail: '',
    query: '',
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    requestId: 'r1',
    address: '127.0.0.1',
    origin: 'http://localhost',
    body: Buffer.from(body as string),
  };
}

/** The text of a call. `params` are contents of `value` elements. */
export function methodCall(name: string, ...params: readonly string[]): string {
  const list = params.map((param) => `<param><value>${param}</value></param>`).join('');
  return `<?xml version="1.0"?><methodCall><methodName>${name}</methodName><params>${list}</params></methodCall>`;
}

/** A struct out of pairs of a name and the content of a `value`. */
export function struct(...members: readonly (readonly [name: string, value: string])[]): string {
  return `<struct>${members.map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`).join('')}</struct>`;
}

/** An array out of contents of `value` elements. */
export function array(...items: readonly string[]): string {
  return `<array><data>${items.map((item) => `<value>${item}</value>`).join('')}</data></array>`;
}

/** The whole way of a message through the server, without a network. */
export async function exchanged(site: Site, request: WireRequest): Promise<WireResponse> {
  const { requestId } = request;
  const scope = openScope({ site, protocol: xmlrpc as Protocol, requestId, deadlines: new Deadlines() });
  return exchange(request, xmlrpc, scope, () => undefined, createLog(false));
}

/** The answer to a message as an independent reader has it. */
export async function answerOf(site: Site, body: string | Uint8Array, contentType?: string): Promise<Answer> {
  const response = await exchanged(site, post(body, contentType));
  return parseAnswer(String(response.body));
}

/** A function that takes these and gives back nothing. */
export function taking(params: Fields, more: Readonly<Record<string, unknown>> = {}): AnyFunction {
  return define('test.take', {
    description: 'Takes',
    effect: 'read',
    params,
    handler: () => undefined,
    ...more,
  }) as AnyFunction;
}

/** A function that gives such a value. */
export function giving(returns: Descriptor): AnyFunction {
  return define('test.give', {
    description: 'Gives',
    effect: 'read',
    returns,
    handler: () => null as never,
  }) as AnyFunction;
}

interface Reading {
  readonly params: Record<string, unknown> | undefined;
  readonly issues: readonly Issue[];
}

/** Decodes a message of one call and reads its arguments; a message that breaks is thrown. */
export function readCall(fn: AnyFunction, body: string, settings: PartialSettings = {}): Reading {
  const [call] = xmlrpc.decode(post(body), siteOf([], settings)).calls;
  if (call === undefined || call instanceof Error) throw call;
  const issues = new Issues();
  const params = issues.collect(() => call.read(fn, issues));
  return { params, issues: issues.list };
}

/** What one parameter of a type is read as, or the issues that it has, as `path code`. */
export function readOne(descriptor: Descriptor, value: string): unknown {
  const { params, issues } = readCall(taking({ p: descriptor }), methodCall('test.take', value));
  return issues.length > 0 ? issues.map(({ path, code }) => `${path} ${code}`) : params?.['p'];
}

/** The fault that work ends with. */
export function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (reason) {
    return reason as Fault;
  }
  throw new Error('No fault was thrown');
}
