import type { AnyFunction } from '../lib/define.ts';
import { type Descriptor, unwrap } from '../lib/descriptor.ts';
import { Fault } from '../lib/fault.ts';
import { escapeText, xmlDeclaration } from '../protocols/xml/write.ts';
import { takesNamed } from '../protocols/xmlrpc/read.ts';
import type { Answer, Client } from './client.ts';
import { child, type Node, readTree } from './tree.ts';
import { readXmlrpcValue, xmlrpcValue } from './xmlrpc-value.ts';

/** XML-RPC: parameters by place, or in one struct where one in the middle is left out. */
export const xmlrpcClient: Client = {
  path: '/xmlrpc',
  encode: (fn, params, { url }) => ({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Accept: 'text/xml' },
    body: `${xmlDeclaration}<methodCall><methodName>${escapeText(fn.name)}</methodName><params>${paramElements(fn, params)}</params></methodCall>`,
  }),
  decode: (fn, response, issues) => {
    const root = readTree(response);
    if (root.local !== 'methodResponse') throw new Fault('malformed', 'The answer is no methodResponse');
    const fault = child(child(root, 'fault'), 'value');
    if (fault !== undefined) return readFault(fault);
    const value = child(child(child(root, 'params'), 'param'), 'value');
    if (value === undefined) throw new Fault('malformed', 'The answer has no value');
    return { ok: true, value: fn.returns === undefined ? null : readXmlrpcValue(fn.returns, value, issues) };
  },
};

function paramElements(fn: AnyFunction, params: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(fn.params);
  const last = names.findLastIndex((name) => params[name] !== undefined);
  const placed = names.slice(0, last + 1);
  const gap = placed.find(
    (name) => params[name] === undefined && unwrap(descriptorOf(fn, name)).fallback === undefined,
  );
  if (gap !== undefined && takesNamed(fn.params)) return `<param>${namedStruct(fn, params, placed)}</param>`;
  if (gap !== undefined) {
    throw new Fault(
      'invalid-params',
      `XML-RPC has parameters by place: ${gap} cannot be left out before ${names[last]}`,
    );
  }
  return placed
    .map((name) => {
      const value = params[name] === undefined ? unwrap(descriptorOf(fn, name)).fallback?.value : params[name];
      return `<param>${xmlrpcValue(descriptorOf(fn, name), value)}</param>`;
    })
    .join('');
}

function descriptorOf(fn: AnyFunction, name: string): Descriptor {
  return fn.params[name] as Descriptor;
}

function namedStruct(fn: AnyFunction, params: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const members = names
    .filter((name) => params[name] !== undefined && !(params[name] === null && unwrap(descriptorOf(fn, name)).nullable))
    .map((name) => `<member><name>${name}</name>${xmlrpcValue(descriptorOf(fn, name), params[name])}</member>`);
  return `<value><struct>${members.join('')}</struct></value>`;
}

/** faultString is `<code>: <message> [<path>: <message>; …] (request <id>)` (DESIGN §4); others' is any text. */
function readFault(value: Node): Answer {
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
    requestId: ours?.[3],
  };
}

function simpleText(value: Node | undefined): string {
  return value?.children[0]?.text ?? value?.text ?? '';
}
