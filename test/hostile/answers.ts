import { isUtf8 } from 'node:buffer';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Code, codes, mcpNumber } from './codes.ts';
import type { Answer } from './line.ts';

/** What an answer says: a result, a fault, or several of them. */
export type Told =
  | { readonly result: unknown }
  | {
      readonly fault: string;
      readonly message: string;
      readonly requestId: string | undefined;
      /** Set where it is a tool's result, under 200 whatever it is. */
      readonly isResult?: true;
    }
  | { readonly inner: readonly Told[] };

/** Reads an answer in its protocol's own form. Throws where it is in any other. */
export type Reader = (answer: Answer) => Told;

function text({ body }: Answer): string {
  if (!isUtf8(body)) throw new Error('the body is not UTF-8');
  return body.toString('utf8');
}

function typed(answer: Answer, type: string): void {
  if (answer.headers['content-type'] !== type) throw new Error(`the type is ${answer.headers['content-type']}`);
}

type Members = Readonly<Record<string, unknown>>;

function exactly(value: unknown, allowed: readonly string[]): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no object');
  const other = Object.keys(value).filter((name) => !allowed.includes(name));
  if (other.length > 0) throw new Error(`it has ${other.join(', ')}, which do not belong there`);
  return value as Members;
}

const errorMembers = ['code', 'message', 'issues', 'data', 'retryAfter', 'requestId', 'help'];

function errorOf(value: unknown): Told & { readonly fault: string } {
  const { code, message, requestId } = exactly(value, errorMembers);
  if (typeof requestId !== 'string') throw new Error('the error has no request id');
  return { fault: String(code), message: String(message), requestId };
}

/** The envelope of DESIGN §4. */
export const readRest: Reader = (answer) => {
  typed(answer, 'application/json; charset=utf-8');
  const envelope = exactly(JSON.parse(text(answer)), ['status', 'result', 'error', 'warnings', 'requestId']);
  if (envelope['status'] === 'ok' && answer.status === 200) return { result: envelope['result'] };
  if (envelope['status'] !== 'error') throw new Error('it is neither ok nor an error');
  return errorOf(envelope['error']);
};

/** JSON-RPC 2.0 §5. */
function readResponse(value: unknown): Told {
  const response = exactly(value, ['jsonrpc', 'id', 'result', 'error']);
  if (response['jsonrpc'] !== '2.0' || !('id' in response)) throw new Error('it is no response of JSON-RPC 2.0');
  if ('result' in response) return { result: response['result'] };
  const error = exactly(response['error'], ['code', 'message', 'data']);
  const told = errorOf(error['data']);
  const number = codes[told.fault as Code]?.jsonrpc;
  if (error['code'] !== number) throw new Error(`${told.fault} has the number ${error['code']}`);
  return told;
}

export const readJsonrpc: Reader = (answer) => {
  typed(answer, 'application/json; charset=utf-8');
  const value: unknown = JSON.parse(text(answer));
  return Array.isArray(value) ? { inner: value.map(readResponse) } : readResponse(value);
};

/** MCP 2025-11-25 "Tools": structured content and its text; the text of an error; or an error of JSON-RPC. */
export const readMcp: Reader = (answer) => {
  typed(answer, 'application/json; charset=utf-8');
  const value: unknown = JSON.parse(text(answer));
  return Array.isArray(value) ? { inner: value.map(readMcpResponse) } : readMcpResponse(value);
};

function readMcpResponse(value: unknown): Told {
  const response = exactly(value, ['jsonrpc', 'id', 'result', 'error']);
  if (response['jsonrpc'] !== '2.0' || !('id' in response)) throw new Error('it is no response of JSON-RPC 2.0');
  if ('result' in response) return readToolResult(response['result']);
  const error = exactly(response['error'], ['code', 'message', 'data']);
  const told = errorOf(error['data']);
  if (error['code'] !== mcpNumber(told.fault as Code)) throw new Error(`${told.fault} has the number ${error['code']}`);
  return told;
}

function readToolResult(value: unknown): Told {
  const result = exactly(value, ['content', 'structuredContent', 'isError', '_meta']);
  const [content] = result['content'] as readonly unknown[];
  const { type, text: said } = exactly(content, ['type', 'text']);
  if (type !== 'text') throw new Error('the content is no text');
  const inText: unknown = JSON.parse(String(said));
  if (result['isError'] === true) return { ...errorOf(inText), isResult: true } as Told;
  const structured = exactly(result['structuredContent'], Object.keys(result['structuredContent'] as object));
  if (JSON.stringify(inText) !== JSON.stringify(structured)) throw new Error('the text is another');
  return { result: Object.keys(structured).join() === 'result' ? structured['result'] : structured };
}

type Element = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  alwaysCreateTextNode: false,
  ignoreDeclaration: true,
  htmlEntities: true, // references to characters by their numbers
});

/** The document by a reader that is not ours. */
function xml(answer: Answer): Element {
  const document = text(answer);
  const valid = XMLValidator.validate(document);
  if (valid !== true) throw new Error(`it is not XML: ${valid.err.msg}`);
  return parser.parse(document) as Element;
}

function child(element: unknown, name: string): unknown {
  const found = typeof element === 'object' && element !== null ? (element as Element)[name] : undefined;
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value];

/** A value of XML-RPC as what it stands for. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return value;
  const [type = '', content] = Object.entries(value as Element)[0] ?? [];
  if (type === 'struct') return structOf(content);
  if (type === 'array') return listOf((child(content, 'data') as Element)?.['value']).map(plainValue);
  if (type === 'int' || type === 'double') return Number(content);
  return type === 'boolean' ? content === '1' : content;
}

function structOf(content: unknown): Record<string, unknown> {
  const members = listOf((content as Element)['member']);
  return Object.fromEntries(members.map((member) => [child(member, 'name'), plainValue(child(member, 'value'))]));
}

/** The fault of XML-RPC: the code is the first word of its text, and its number must be that code's. */
function xmlrpcFault(value: unknown): Told & { readonly fault: string } {
  const { faultCode, faultString } = exactly(value, ['faultCode', 'faultString']);
  const found = /^([a-z-]+): (.*) \(request ([^ ]+)\)$/s.exec(String(faultString));
  if (found === null) throw new Error(`the fault says ${String(faultString)}`);
  const [, fault = '', message = '', requestId] = found;
  if (faultCode !== codes[fault as Code]?.xmlrpc) throw new Error(`${fault} has the number ${String(faultCode)}`);
  return { fault, message, requestId };
}

export const readXmlrpc: Reader = (answer) => {
  typed(answer, 'text/xml; charset=utf-8');
  if (answer.status === 200 || 'fault' in (xml(answer)['methodResponse'] as Element)) {
    const response = child(xml(answer), 'methodResponse') as Element;
    if ('fault' in response) return xmlrpcFault(plainValue(child(response['fault'], 'value')));
    return { result: plainValue(child(child(child(response, 'params'), 'param'), 'value')) };
  }
  throw new Error('it is neither a fault nor a result');
};

/** What a multicall answered: results in arrays of one, faults as structs. */
export function innerOf(result: unknown): readonly Told[] {
  if (!Array.isArray(result)) throw new Error('a multicall answers an array');
  return result.map((one) => (Array.isArray(one) ? { result: one[0] } : xmlrpcFault(one)));
}

const namespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;
const types = { '1.1': 'text/xml; charset=utf-8', '1.2': 'application/soap+xml; charset=utf-8' } as const;

/** An element without its attributes: its text, or its children. */
function bare(element: unknown): unknown {
  if (typeof element !== 'object' || element === null) return element;
  if (Array.isArray(element)) return element.map(bare);
  const entries = Object.entries(element as Element).filter(([name]) => !name.startsWith('@_'));
  if (entries.length === 0) return '';
  const [[name = '', content] = []] = entries;
  return name === '#text' ? content : Object.fromEntries(entries.map(([one, value]) => [one, bare(value)]));
}

/** The content of the element with that name, whatever its prefix. */
function local(element: unknown, name: string): unknown {
  const entries = Object.entries((element ?? {}) as Element);
  return entries.find(([tag]) => tag.replace(/^.*:/, '') === name)?.[1];
}

interface Side {
  readonly side: string;
  readonly message: string;
  readonly detail: unknown;
}

/** SOAP 1.1 §4.4; SOAP 1.2 part 1 §5.4. */
function sideOf(fault: unknown, version: '1.1' | '1.2'): Side {
  if (version === '1.1') {
    return {
      side: String(child(fault, 'faultcode')).replace(/^.*:/, ''),
      message: String(child(fault, 'faultstring')),
      detail: (fault as Element)['detail'],
    };
  }
  const reason = local(local(fault, 'Reason'), 'Text') as Element;
  return {
    side: String(local(local(fault, 'Code'), 'Value')).replace(/^.*:/, ''),
    message: String(reason['#text']),
    detail: local(fault, 'Detail'),
  };
}

/** Faults about the envelope itself: of these SOAP forbids a detail. */
const ofEnvelope: Readonly<Record<string, Code>> = {
  VersionMismatch: 'version-mismatch',
  MustUnderstand: 'must-understand',
};

function soapFault(fault: unknown, version: '1.1' | '1.2'): Told {
  const { side, message, detail } = sideOf(fault, version);
  const unread = ofEnvelope[side];
  if (unread !== undefined && detail === undefined) return { fault: unread, message, requestId: undefined };
  const [error] = Object.values(bare(detail) as Element) as Element[];
  if (error === undefined) throw new Error('the detail is empty');
  const told = { fault: String(error['code']), message, requestId: String(error['requestId']) };
  if (side === 'DataEncodingUnknown') return { ...told, fault: 'encoding-unknown' };
  const expected = codes[told.fault as Code]?.soap[version === '1.1' ? 0 : 1];
  if (side !== expected) throw new Error(`${told.fault} is the fault of ${side}`);
  return told;
}

/** A reader of envelopes of one version. */
export function readSoap(version: '1.1' | '1.2'): Reader {
  return (answer) => {
    typed(answer, types[version]);
    const [[tag = '', envelope] = []] = Object.entries(xml(answer));
    const [prefix = '', name] = tag.split(':');
    if (name !== 'Envelope' || (envelope as Element)[`@_xmlns:${prefix}`] !== namespaces[version])
      throw new Error(`it is no envelope of SOAP ${version}`);
    const body = local(envelope, 'Body');
    const fault = local(body, 'Fault');
    if (fault !== undefined) return soapFault(fault, version);
    if (body === '') return { result: undefined };
    const response = Object.entries(body as Element).find(([one]) => one.endsWith('Response'))?.[1];
    return { result: typeof response === 'object' ? bare((response as Element)['result']) : undefined };
  };
}

/** A WSDL 1.1 document. */
export const readWsdl: Reader = (answer) => {
  typed(answer, 'text/xml; charset=utf-8');
  const definitions = local(xml(answer), 'definitions');
  if (definitions === undefined) return readSoap('1.1')(answer);
  const address = local(local(local(definitions, 'service'), 'port'), 'address') as Element;
  return { result: String(address['@_location']).replace(/:[0-9]+\//, '/') };
};
