import type { FunctionData } from '../lib/define.ts';
import { Fault } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';
import { operationName } from '../lib/operation-name.ts';
import { envelopeOf, envelopes, type SoapVersion } from '../protocols/soap/envelope.ts';
import { escapeAttribute, xmlDeclaration } from '../protocols/xml/write.ts';
import { responseName, resultElement, soapAction } from '../wsdl/names.ts';
import { carried } from './carried.ts';
import type { Client, Refusal } from './client.ts';
import { readSoapValue, soapElement } from './soap-value.ts';
import { child, type Node, readTree } from './tree.ts';

/** SOAP 1.1 and 1.2, document/literal wrapped. */
function soapOf(version: SoapVersion): Client {
  return {
    path: '/soap',
    encode: (fn, params, { url, namespace }) => ({
      method: 'POST',
      url,
      headers: headersOf(version, soapAction(namespace, operationName(fn.name))),
      body: carried({ fn, params }, () => envelopeText(version, fn, params, namespace)),
    }),
    decode: (fn, response, issues) => {
      const root = readTree(response);
      if (root.local !== 'Envelope' || envelopeOf(root.uri) === undefined) {
        throw new Fault('malformed', 'The answer is no SOAP envelope');
      }
      const [content] = child(root, 'Body')?.children ?? [];
      if (content?.local === 'Fault') return readFault(fn, content, issues);
      if (content?.local !== responseName(operationName(fn.name))) {
        throw new Fault('malformed', 'The Body of the answer holds neither a response nor a fault');
      }
      if (fn.returns === undefined) return { ok: true, value: null };
      const result = child(content, resultElement);
      const value =
        result === undefined ? issues.add('required', 'is missing') : readSoapValue(fn.returns, result, issues);
      return { ok: true, value };
    },
  };
}

export const soapClient: Client = soapOf('1.1');
export const soap12Client: Client = soapOf('1.2');

/** SOAP 1.1 §6.1.1; SOAP 1.2 part 2 §7.1.4. */
function headersOf(version: SoapVersion, action: string): Readonly<Record<string, string>> {
  const { mediaType } = envelopes[version];
  return version === '1.1'
    ? { 'Content-Type': `${mediaType}; charset=utf-8`, SOAPAction: `"${action}"`, Accept: mediaType }
    : { 'Content-Type': `${mediaType}; charset=utf-8; action="${action}"`, Accept: mediaType };
}

function envelopeText(
  version: SoapVersion,
  fn: FunctionData,
  params: Readonly<Record<string, unknown>>,
  namespace: string,
): string {
  const { prefix, namespace: own } = envelopes[version];
  const elements = Object.entries(fn.params)
    .filter(([name]) => params[name] !== undefined)
    .map(([name, param]) => soapElement(name, param, params[name]))
    .join('');
  const operation = `tns:${operationName(fn.name)}`;
  return (
    `${xmlDeclaration}<${prefix}:Envelope xmlns:${prefix}="${own}"><${prefix}:Body>` +
    `<${operation} xmlns:tns="${escapeAttribute(namespace)}">${elements}</${operation}></${prefix}:Body></${prefix}:Envelope>`
  );
}

/** Faults that have no error object, since nothing of the Body was read (SOAP 1.1 §4.4). */
const bare: Readonly<Record<string, string | undefined>> = {
  __proto__: null as never,
  VersionMismatch: 'version-mismatch',
  MustUnderstand: 'must-understand',
};

/** The typed error object in `detail` (DESIGN §4), else what the fault itself says. */
function readFault(fn: FunctionData, fault: Node, issues: Issues): Refusal {
  const [error] = (child(fault, 'detail') ?? child(fault, 'Detail'))?.children ?? [];
  const reason = child(fault, 'faultstring') ?? child(child(fault, 'Reason'), 'Text');
  const code = child(fault, 'faultcode') ?? child(child(fault, 'Code'), 'Value');
  const found = child(error, 'issues')?.children ?? [];
  const name = child(error, 'code')?.text ?? bare[code?.text.replace(/^.*:/, '') ?? ''] ?? code?.text ?? 'fault';
  const declared = Object.hasOwn(fn.errors, name) ? fn.errors[name]?.data : undefined;
  const data = child(error, 'data');
  const retryAfter = child(error, 'retryAfter')?.text;
  return {
    ok: false,
    code: name,
    message: child(error, 'message')?.text ?? reason?.text ?? '',
    issues: found.map((issue) => ({
      path: child(issue, 'path')?.text ?? '',
      code: child(issue, 'code')?.text ?? '',
      message: child(issue, 'message')?.text ?? '',
    })),
    data: declared === undefined || data === undefined ? undefined : readSoapValue(declared, data, issues),
    retryAfter: retryAfter === undefined ? undefined : Number(retryAfter),
    requestId: child(error, 'requestId')?.text,
  };
}
