import type { FunctionData } from '../lib/define.ts';
import { type Descriptor, unwrap } from '../lib/descriptor.ts';
import { Fault } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';
import { escapeText, xmlDeclaration } from '../protocols/xml/write.ts';
import { takesNamed } from '../protocols/xmlrpc/named.ts';
import { carried } from './carried.ts';
import type { Answer, Client, ClientCall, ClientRequest, ClientResponse, Refusal } from './client.ts';
import { child, type Node, readTree } from './tree.ts';
import { readXmlrpcValue, xmlrpcValue } from './xmlrpc-value.ts';

/** XML-RPC: parameters by place, or in one struct where one in the middle is left out; many calls by `system.multicall`. */
export const xmlrpcClient: Client = {
  path: '/xmlrpc',
  encode: (fn, params, { url }) => {
    const values = paramValues({ fn, params }).map((value) => `<param>${value}</param>`);
    return request(url, fn.name, values.join(''));
  },
  decode: (fn, response, issues) => {
    const { fault, value } = readResponse(response);
    return fault === undefined ? readResult(fn, value, issues) : readFault(fault);
  },
  batch: {
    encode: (calls, { url }) => {
      const entries = calls.map((call) => {
        const name = `<member><name>methodName</name><value><string>${escapeText(call.fn.name)}</string></value></member>`;
        const params = `<array><data>${paramValues(call).join('')}</data></array>`;
        return `<value><struct>${name}<member><name>params</name><value>${params}</value></member></struct></value>`;
      });
      const list = `<param><value><array><data>${entries.join('')}</data></array></value></param>`;
      return request(url, 'system.multicall', list);
    },
    decode: (functions, response) => {
      const { fault, value } = readResponse(response);
      if (fault !== undefined) return functions.map(() => () => readFault(fault));
      const answers = items(value);
      return functions.map((fn, index) => (issues) => readEntry(fn, answers[index], issues));
    },
  },
};

function request(url: URL, method: string, params: string): ClientRequest {
  return {
    method: 'POST',
    url,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Accept: 'text/xml' },
    body: `${xmlDeclaration}<methodCall><methodName>${escapeText(method)}</methodName><params>${params}</params></methodCall>`,
  };
}

/** The fault or the value of an answer. */
function readResponse(response: ClientResponse): { readonly fault: Node | undefined; readonly value: Node } {
  const root = readTree(response);
  if (root.local !== 'methodResponse') throw new Fault('malformed', 'The answer is no methodResponse');
  const fault = child(child(root, 'fault'), 'value');
  const value = fault ?? child(child(child(root, 'params'), 'param'), 'value');
  if (value === undefined) throw new Fault('malformed', 'The answer has no value');
  return { fault, value };
}

function readResult(fn: FunctionData, value: Node, issues: Issues): Answer {
  return { ok: true, value: fn.returns === undefined ? null : readXmlrpcValue(fn.returns, value, issues) };
}

/** One answer of a multicall: the result in an array of its own, or the struct of a fault. */
function readEntry(fn: FunctionData, entry: Node | undefined, issues: Issues): Answer {
  if (child(entry, 'struct') !== undefined) return readFault(entry as Node);
  const [value] = items(entry);
  if (value === undefined) throw new Fault('malformed', 'The answer has neither a result nor a fault for a call');
  return readResult(fn, value, issues);
}

function items(value: Node | undefined): readonly Node[] {
  return child(child(value, 'array'), 'data')?.children ?? [];
}

/** The parameters, each as a `<value>`. */
function paramValues(call: ClientCall): readonly string[] {
  const { fn, params } = call;
  const names = Object.keys(fn.params);
  const last = names.findLastIndex((name) => params[name] !== undefined);
  const placed = names.slice(0, last + 1);
  const gap = placed.find(
    (name) => params[name] === undefined && unwrap(descriptorOf(fn, name)).fallback === undefined,
  );
  if (gap === undefined) return carried(call, () => placed.map((name) => placedValue(call, name)));
  if (takesNamed(fn.params)) return [carried(call, () => namedStruct(call, placed))];
  throw new Fault('invalid-params', `XML-RPC has parameters by place: ${gap} cannot be left out before ${names[last]}`);
}

function placedValue({ fn, params }: ClientCall, name: string): string {
  const value = params[name] === undefined ? unwrap(descriptorOf(fn, name)).fallback?.value : params[name];
  return xmlrpcValue(descriptorOf(fn, name), value);
}

function descriptorOf(fn: FunctionData, name: string): Descriptor {
  return fn.params[name] as Descriptor;
}

function namedStruct({ fn, params }: ClientCall, names: readonly string[]): string {
  const members = names
    .filter((name) => params[name] !== undefined && !(params[name] === null && unwrap(descriptorOf(fn, name)).nullable))
    .map((name) => `<member><name>${name}</name>${xmlrpcValue(descriptorOf(fn, name), params[name])}</member>`);
  return `<value><struct>${members.join('')}</struct></value>`;
}

/** faultString is `<code>: <message> [<path>: <message>; …] (request <id>)` (DESIGN §4); others' is any text. */
function readFault(value: Node): Refusal {
  const members = new Map(
    child(value, 'struct')?.children.map((member) => [child(member, 'name')?.text, child(member, 'value')]),
  );
  const text = simpleText(members.get('faultString'));
  const ours = /^([a-z0-9-]+): (.*?)(?: \(request ([^()]*)\))?$/s.exec(text);
  return {
    ok: false,
    code: ours?.[1] ?? simpleText(members.get('faultCode')),
    message: ours?.[2] ?? text,
    issues: [],
    data: undefined,
    retryAfter: undefined,
    requestId: ours?.[3],
  };
}

function simpleText(value: Node | undefined): string {
  return value?.children[0]?.text ?? value?.text ?? '';
}
