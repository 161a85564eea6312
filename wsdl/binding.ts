import type { AnyFunction } from '../lib/define.ts';
import { operationName } from '../lib/operation-name.ts';
import { type Element, element } from './markup.ts';
import { faultElement, soapAction, standardFaultElement } from './names.ts';
import { encodingNamespace } from './schema.ts';

/** Document/literal wrapped over SOAP 1.1 or 1.2, or rpc/encoded over SOAP 1.1. */
export type WsdlStyle = 'literal' | 'soap12' | 'encoded';

/** The wsdl:binding: HTTP, one style, every operation of the portType (WSDL 1.1 §3; WS-I BP 1.1, R2702, R2705, R2706, R2718). */
export function soapBinding(
  functions: readonly AnyFunction[],
  name: string,
  namespace: string,
  style: WsdlStyle,
): Element {
  const transport = 'http://schemas.xmlsoap.org/soap/http';
  const binding = element('soap:binding', { style: style === 'encoded' ? 'rpc' : 'document', transport });
  const operations = functions.map((fn) => boundOperation(fn, namespace, style));
  return element('wsdl:binding', { name: `${name}Binding`, type: `tns:${name}PortType` }, binding, ...operations);
}

/** The wsdl:service with its only port (WSDL 1.1 §2.7). */
export function soapService(name: string, address: string, style: WsdlStyle): Element {
  const port = { name: `${name}Port`, binding: `tns:${name}Binding` };
  return element(
    'wsdl:service',
    { name: `${name}Service` },
    element('wsdl:documentation', {}, serviceTexts[style]),
    element('wsdl:port', port, element('soap:address', { location: address })),
  );
}

const serviceTexts = {
  literal: 'Document/literal wrapped over SOAP 1.1. ?wsdl=1.2 describes SOAP 1.2, ?wsdl=encoded rpc/encoded.',
  soap12: 'Document/literal wrapped over SOAP 1.2. ?wsdl describes SOAP 1.1.',
  encoded: 'Rpc/encoded over SOAP 1.1, for old tools: outside the WS-I Basic Profile, which ?wsdl keeps.',
} as const satisfies Record<WsdlStyle, string>;

function boundOperation(fn: AnyFunction, namespace: string, style: WsdlStyle): Element {
  const name = operationName(fn.name);
  const body = () => element('soap:body', useOf(namespace, style));
  const faults = [standardFaultElement, ...Object.keys(fn.errors).map(faultElement)];
  return element(
    'wsdl:operation',
    { name },
    element('soap:operation', {
      soapAction: soapAction(namespace, name),
      style: style === 'encoded' ? 'rpc' : 'document',
    }),
    element('wsdl:input', {}, body()),
    element('wsdl:output', {}, body()),
    ...faults.map((fault) => element('wsdl:fault', { name: fault }, soapFault(fault))),
  );
}

/** Literal in every style (R2723): Mono, soap4r and strong-soap warn of others even in rpc/encoded. */
function soapFault(name: string): Element {
  return element('soap:fault', { name, use: 'literal' });
}

/** Literal has no namespace attribute (R2716); encoded names its encoding and the namespace of the wrapper (WSDL 1.1 §3.5). */
function useOf(namespace: string, style: WsdlStyle): Readonly<Record<string, string>> {
  return style === 'encoded' ? { use: 'encoded', encodingStyle: encodingNamespace, namespace } : { use: 'literal' };
}
