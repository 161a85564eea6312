import type { AnyFunction } from '../lib/define.ts';
import { operationName } from '../lib/operation-name.ts';
import { soapBinding, soapService, type WsdlStyle } from './binding.ts';
import { functionDocumentation, memberDocumentation } from './documentation.ts';
import { type Element, element, escapeAttribute, serialise } from './markup.ts';
import { resultScope } from './named-types.ts';
import {
  faultElement,
  faultMessage,
  memberScope,
  responseName,
  resultElement,
  standardFaultElement,
  xsdType,
} from './names.ts';
import { encodedSchema, encodingNamespace, literalSchema, qname, xsdNamespace } from './schema.ts';

export interface WsdlOptions {
  /** The target namespace, an absolute URI. */
  readonly namespace: string;
  /** An XML name: the service is the name + `Service`, and so on. */
  readonly name?: string;
  /** `literal` and `soap12` are document/literal wrapped, over SOAP 1.1 and 1.2; `encoded` is rpc/encoded over SOAP 1.1. */
  readonly style: WsdlStyle;
}

/** What stands for the address until `withAddress` is applied: a document is built once and sent for any host. */
export const wsdlAddressPlaceholder = 'http://address.invalid/';

/**
 * The WSDL 1.1 document of some functions: one portType, one binding, one port (gSOAP makes duplicate stubs of two).
 * The literal styles keep the rules of WS-I Basic Profile 1.1 §4; rpc/encoded cannot, by its nature (R2706).
 */
export function wsdlDocument(functions: readonly AnyFunction[], options: WsdlOptions): string {
  const { namespace, style, name = 'Polywire' } = options;
  const encoded = style === 'encoded';
  const schema = encoded ? encodedSchema(functions, namespace) : literalSchema(functions, namespace);
  const root = element(
    'wsdl:definitions',
    { name: `${name}Service`, targetNamespace: namespace, ...prefixes(namespace, style) },
    element('wsdl:types', {}, schema),
    ...functions.flatMap(encoded ? encodedMessages : literalMessages),
    ...faultMessages(functions),
    element('wsdl:portType', { name: `${name}PortType` }, ...functions.map(operation)),
    soapBinding(functions, name, namespace, style),
    soapService(name, wsdlAddressPlaceholder, style),
  );
  return serialise(root);
}

/** Puts an address, escaped, where the placeholder stands in soap:address (WSDL 1.1 §3.8). */
export function withAddress(text: string, address: string): string {
  const marker = `location="${wsdlAddressPlaceholder}"`;
  const at = text.lastIndexOf(marker);
  if (at === -1) return text;
  return `${text.slice(0, at)}location="${escapeAttribute(address)}"${text.slice(at + marker.length)}`;
}

function prefixes(namespace: string, style: WsdlStyle): Readonly<Record<string, string>> {
  return {
    'xmlns:wsdl': 'http://schemas.xmlsoap.org/wsdl/',
    'xmlns:soap': `http://schemas.xmlsoap.org/wsdl/${style === 'soap12' ? 'soap12/' : 'soap/'}`,
    'xmlns:xsd': xsdNamespace,
    ...(style === 'encoded' && { 'xmlns:soapenc': encodingNamespace }),
    'xmlns:tns': namespace,
  };
}

/** Each message has one part that names an element (WS-I BP 1.1, R2201, R2204). */
function literalMessages(fn: AnyFunction): Element[] {
  const name = operationName(fn.name);
  const message = (messageName: string, target: string) =>
    element(
      'wsdl:message',
      { name: messageName },
      element('wsdl:part', { name: 'parameters', element: `tns:${target}` }),
    );
  return [message(`${name}Request`, name), message(responseName(name), responseName(name))];
}

/** Each parameter is a part with a type, and so is the result (WSDL 1.1 §3.5). */
function encodedMessages(fn: AnyFunction): Element[] {
  const name = operationName(fn.name);
  const params = Object.entries(fn.params).map(([param, descriptor]) => {
    const text = memberDocumentation(descriptor);
    const type = qname(xsdType(descriptor, memberScope(name, param)));
    return element('wsdl:part', { name: param, type }, text === undefined ? undefined : documentation(text));
  });
  const result =
    fn.returns && element('wsdl:part', { name: resultElement, type: qname(xsdType(fn.returns, resultScope(fn))) });
  return [
    element('wsdl:message', { name: `${name}Request` }, ...params),
    element('wsdl:message', { name: responseName(name) }, result),
  ];
}

/** One message for the standard error object and one for each declared error, however many functions declare it (R2205). */
function faultMessages(functions: readonly AnyFunction[]): Element[] {
  const codes = [undefined, ...new Set(functions.flatMap((fn) => Object.keys(fn.errors)))];
  return codes.map((code) => {
    const target = code === undefined ? standardFaultElement : faultElement(code);
    const part = element('wsdl:part', { name: 'fault', element: `tns:${target}` });
    return element('wsdl:message', { name: faultMessage(code) }, part);
  });
}

/** A request-response operation (WSDL 1.1 §2.4.2) with its faults, each named (R2721). */
function operation(fn: AnyFunction): Element {
  const name = operationName(fn.name);
  const declared = Object.entries(fn.errors).map(([code, { message }]) =>
    fault(faultElement(code), faultMessage(code), message),
  );
  return element(
    'wsdl:operation',
    { name },
    documentation(functionDocumentation(fn)),
    element('wsdl:input', { message: `tns:${name}Request` }),
    element('wsdl:output', { message: `tns:${responseName(name)}` }),
    fault(standardFaultElement, faultMessage()),
    ...declared,
  );
}

function fault(name: string, message: string, text?: string): Element {
  return element(
    'wsdl:fault',
    { name, message: `tns:${message}` },
    text === undefined ? undefined : documentation(text),
  );
}

function documentation(text: string): Element {
  return element('wsdl:documentation', {}, text);
}
