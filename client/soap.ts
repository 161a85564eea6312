import { operationName } from '../lib/catalog.ts';
import type { AnyFunction } from '../lib/define.ts';
import { Fault } from '../lib/fault.ts';
import { envelopeOf, envelopes, type SoapVersion } from '../protocols/soap/envelope.ts';
import { escapeAttribute, xmlDeclaration } from '../protocols/xml/write.ts';
import { soapAction } from '../wsdl/binding.ts';
import { responseName, resultElement } from '../wsdl/names.ts';
import type { Answer, Client } from './client.ts';
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
      body: envelopeText(version, fn, params, namespace),
    }),
    decode: (fn, response, issues) => {
      const root = readTree(response);
      if (root.local !== 'Envelope' || envelopeOf(root.uri) === undefined) {
        throw new Fault('malformed', 'The answer is no SOAP envelope');
      }
      const [content] = child(root, 'Body')?.children ?? [];
      if (content?.local === 'Fault') return readFault(content);
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
  fn: AnyFunction,
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

/** The typed error object in `detail` (DESIGN §4), else what the fault itself says. */
function readFault(fault: Node): Answer {
  const [error] = (child(fault, 'detail') ?? child(fault, 'Detail'))?.children ?? [];
  const reason = child(fault, 'faultstring') ?? child(child(fault, 'Reason'), 'Text');
  const code = child(fault, 'faultcode') ?? child(child(fault, 'Code'), 'Value');
  const issues = child(error, 'issues')?.children ?? [];
  return {
    ok: false,
    code: child(error, 'code')?.text ?? code?.text ?? 'fault',
    message: child(error, 'message')?.text ?? reason?.text ?? '',
    issues: issues.map((issue) => ({
      path: child(issue, 'path')?.text ?? '',
      code: child(issue, 'code')?.text ?? '',
      message: child(issue, 'message')?.text ?? '',
    })),
    requestId: child(error, 'requestId')?.text,
  };
}
