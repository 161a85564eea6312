import type { Answer } from './http.ts';
import { child, readXml, type XmlElement } from './infoset.ts';

/** A fault as its caller sees it. */
export interface SeenFault {
  /** Ours; undefined where the protocol's own code is all there is. */
  readonly code: string | undefined;
  /** The protocol's own: JSON-RPC's and XML-RPC's numbers, the local name of SOAP's fault code. */
  readonly number: number | string | undefined;
  readonly message: string;
  readonly paths: readonly string[];
  readonly requestId: string | undefined;
  /** The data of a declared error, as it stands in JSON or as an element. */
  readonly data?: unknown;
}

/** An answer as its caller sees it: a result (JSON's value, or an element) or a fault. */
export interface Seen {
  readonly status: number;
  readonly result?: unknown;
  readonly fault?: SeenFault;
  /** Where the body repeats the request's id. */
  readonly requestId: string | undefined;
  readonly type: string;
}

export const namespace = 'urn:polywire';

interface ErrorObject {
  readonly code?: string;
  readonly message?: string;
  readonly issues?: readonly { readonly path: string }[];
  readonly requestId?: string;
  readonly data?: unknown;
}

function jsonFault(error: ErrorObject, number: number | undefined): SeenFault {
  const { code, message = '', issues = [], requestId, data } = error;
  return {
    code,
    number,
    message,
    paths: issues.map(({ path }) => path),
    requestId,
    ...(data !== undefined && { data }),
  };
}

function common({ status, headers }: Answer): { readonly status: number; readonly type: string } {
  return { status, type: String(headers['content-type'] ?? '') };
}

/** The envelope of DESIGN §4. */
export function readRest(answer: Answer): Seen {
  const body = JSON.parse(answer.body) as {
    readonly status: string;
    readonly result?: unknown;
    readonly error?: ErrorObject;
    readonly requestId?: string;
  };
  if (body.status === 'ok') return { ...common(answer), result: body.result, requestId: body.requestId };
  const fault = jsonFault(body.error ?? {}, undefined);
  return { ...common(answer), fault, requestId: fault.requestId };
}

/** JSON-RPC 2.0 §5. */
export function readJsonrpc(answer: Answer): Seen {
  const body = JSON.parse(answer.body) as {
    readonly jsonrpc: string;
    readonly id?: unknown;
    readonly result?: unknown;
    readonly error?: { readonly code: number; readonly message: string; readonly data?: ErrorObject };
  };
  if (body.jsonrpc !== '2.0') throw new Error('jsonrpc is not "2.0"');
  if (body.id !== 1 && (body.error === undefined || body.id !== null))
    throw new Error('the id is not that of the call');
  if (body.error === undefined) return { ...common(answer), result: body.result, requestId: undefined };
  const fault = jsonFault(body.error.data ?? {}, body.error.code);
  return { ...common(answer), fault, requestId: fault.requestId };
}

interface ToolResult {
  readonly content: readonly { readonly type: string; readonly text: string }[];
  readonly structuredContent?: object;
  readonly isError?: boolean;
}

/** MCP 2025-11-25 "Tools": a result's structured content and the same as text, or the text of an error; else JSON-RPC's own. */
export function readMcp(answer: Answer): Seen {
  const seen = readJsonrpc(answer);
  if (seen.fault !== undefined) return seen;
  const { content, structuredContent, isError } = seen.result as ToolResult;
  const [one, ...more] = content;
  if (one?.type !== 'text' || more.length > 0) throw new Error('the content is not one text');
  const { result: _, ...rest } = seen;
  if (isError === true) {
    if (structuredContent !== undefined)
      throw new Error('clients hold the structured content of an error against the schema');
    const fault = jsonFault(JSON.parse(one.text) as ErrorObject, undefined);
    return { ...rest, fault, requestId: fault.requestId };
  }
  if (JSON.stringify(JSON.parse(one.text)) !== JSON.stringify(structuredContent))
    throw new Error('the text is another');
  const names = Object.keys(structuredContent ?? {});
  const result = names.join() === 'result' ? (structuredContent as { result: unknown }).result : structuredContent;
  return { ...rest, result };
}

/** The XML-RPC specification: one `<value>`, or a struct of faultCode and faultString only. */
export function readXmlrpc(answer: Answer): Seen {
  const root = readXml(answer.body);
  if (root.name !== 'methodResponse') throw new Error(`the root element is ${root.name}`);
  const struct = child(child(child(root, 'fault'), 'value'), 'struct');
  if (struct === undefined) {
    const value = child(child(child(root, 'params'), 'param'), 'value');
    return { ...common(answer), result: value, requestId: undefined };
  }
  const members = struct.children.map(
    (member) => [child(member, 'name')?.text, child(member, 'value')?.children[0]] as const,
  );
  if (members.map(([name]) => name).join() !== 'faultCode,faultString') throw new Error('the fault has other members');
  const [number, text] = members.map(([, value]) => value?.text ?? '');
  const fault = faultOfString(Number(number), text ?? '');
  return { ...common(answer), fault, requestId: fault.requestId };
}

/** `<code>: <message> [<path>: <message>; …] (request <id>)` (DESIGN §4). */
function faultOfString(number: number, text: string): SeenFault {
  const found = /^([a-z0-9-]+): (.*?)(?: \[(.*)\])? \(request (\S+)\)$/s.exec(text);
  if (found === null) throw new Error(`the faultString is ${text}`);
  const [, code, message = '', issues, requestId] = found;
  const paths = (issues?.split('; ') ?? []).map((issue) =>
    issue.includes(': ') ? issue.slice(0, issue.indexOf(': ')) : '',
  );
  return { code, number, message, paths, requestId };
}

const envelopes = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;
export type SoapVersion = keyof typeof envelopes;

/** The only element in the Body of an answer in that version. */
function soapBody(answer: Answer, version: SoapVersion): XmlElement | undefined {
  const root = readXml(answer.body);
  if (root.name !== `{${envelopes[version]}}Envelope`) throw new Error(`the root element is ${root.name}`);
  return child(root, `{${envelopes[version]}}Body`)?.children[0];
}

/** The response wrapper, or the Fault of the version (SOAP 1.1 §4.4, SOAP 1.2 part 1 §5.4). */
export function readSoap(answer: Answer, version: SoapVersion): Seen {
  const wrapper = soapBody(answer, version);
  if (wrapper?.name !== `{${envelopes[version]}}Fault`)
    return { ...common(answer), result: wrapper, requestId: undefined };
  const fault = version === '1.1' ? soapFault11(wrapper) : soapFault12(wrapper);
  return { ...common(answer), fault, requestId: fault.requestId };
}

function soapFault11(element: XmlElement): SeenFault {
  if (element.children.some(({ name }) => !['faultcode', 'faultstring', 'faultactor', 'detail'].includes(name))) {
    throw new Error('a SOAP 1.1 Fault has other children (WS-I BP 1.1 R1000)');
  }
  const code = child(element, 'faultcode')?.text ?? '';
  return {
    ...detailOf(child(element, 'detail')),
    number: code.split(':').at(-1),
    message: child(element, 'faultstring')?.text ?? '',
  };
}

function soapFault12(element: XmlElement): SeenFault {
  const part = (name: string) => `{${envelopes['1.2']}}${name}`;
  const code = child(child(element, part('Code')), part('Value'))?.text ?? '';
  const message = child(child(element, part('Reason')), part('Text'))?.text ?? '';
  return { ...detailOf(child(element, part('Detail'))), number: code.split(':').at(-1), message };
}

/** The error object in `detail`, its members unqualified (DESIGN §3). */
function detailOf(detail: XmlElement | undefined): Pick<SeenFault, 'code' | 'paths' | 'requestId' | 'data'> {
  const [object] = detail?.children ?? [];
  if (object === undefined) return { code: undefined, paths: [], requestId: undefined };
  if (!object.name.startsWith(`{${namespace}}`)) throw new Error(`the detail is ${object.name}`);
  const issues = child(object, 'issues')?.children ?? [];
  const data = child(object, 'data');
  return {
    code: child(object, 'code')?.text,
    paths: issues.map((issue) => child(issue, 'path')?.text ?? '?'),
    requestId: child(object, 'requestId')?.text,
    ...(data && { data }),
  };
}
