import { all, children, find, type Read, soap11Uri, soap12Uri, soapencUri, wsdlUri, xsdUri } from './read.ts';

const soapUris: readonly string[] = [soap11Uri, soap12Uri];

function soap(element: Read, local: string): Read[] {
  return element.children.filter((child) => soapUris.includes(child.uri) && child.local === local);
}

function soapBelow(document: Read, ...locals: readonly string[]): Read[] {
  return [...all(document)].filter((each) => soapUris.includes(each.uri) && locals.includes(each.local));
}

function duplicates(elements: readonly Read[], attribute = 'name'): boolean {
  return new Set(elements.map((element) => element.attributes[attribute])).size !== elements.length;
}

function local(value: string | undefined): string {
  return value?.split(':')[1] ?? '';
}

function isUri(text: string | undefined): boolean {
  return URL.canParse(text ?? '');
}

/** The parts of the messages that an operation of the portType names. */
function parts(document: Read, messages: readonly Read[]): Read[] {
  const names = messages.map((message) => local(message.attributes['message']));
  return children(document, wsdlUri, 'message')
    .filter((message) => names.includes(message.attributes['name'] ?? ''))
    .flatMap((message) => children(message, wsdlUri, 'part'));
}

function portOperations(document: Read): Read[] {
  return children(document, wsdlUri, 'portType').flatMap((portType) => children(portType, wsdlUri, 'operation'));
}

function boundOperations(document: Read): Read[] {
  return children(document, wsdlUri, 'binding').flatMap((binding) => children(binding, wsdlUri, 'operation'));
}

function operationNames(operations: readonly Read[]): string {
  return JSON.stringify(operations.map((operation) => operation.attributes['name']));
}

/** Operations with their faults: what a binding must repeat. */
function faultNames(operations: readonly Read[]): string {
  return JSON.stringify(
    operations.map((each) => children(each, wsdlUri, 'fault').map((fault) => fault.attributes['name'])),
  );
}

const useHolders = ['body', 'fault', 'header', 'headerfault'] as const;

/** Each rule of WS-I Basic Profile 1.1 §4 that limits-and-attacks.md §4 lists for descriptions: whether a document keeps it. */
export const rules: Readonly<Record<string, (document: Read) => boolean>> = {
  'R2001, R2007: imports only WSDL, with a location': (document) =>
    children(document, wsdlUri, 'import').every((each) => each.attributes['location'] !== undefined) &&
    find(document, xsdUri, 'import').every(
      (each) => each.attributes['namespace'] !== document.attributes['targetNamespace'],
    ),
  'R2105: every schema has a targetNamespace': (document) =>
    find(document, xsdUri, 'schema').every((schema) => isUri(schema.attributes['targetNamespace'])),
  'R2110, R2111: no soapenc:Array, no wsdl:arrayType': (document) =>
    [...all(document)].every((element) =>
      Object.entries(element.attributes).every(([name, value]) => {
        const [prefix = ''] = value.split(':');
        const qualified = ['base', 'ref', 'type'].includes(name) && element.resolve(prefix) === soapencUri;
        return !qualified && name !== `{${wsdlUri}}arrayType`;
      }),
    ),
  'R2201, R2210: a document/literal body has at most one part': (document) =>
    portOperations(document).every((operation) =>
      ['input', 'output'].every((direction) => parts(document, children(operation, wsdlUri, direction)).length <= 1),
    ),
  'R2204: parts of document/literal name an element': (document) =>
    portOperations(document)
      .flatMap((operation) => parts(document, operation.children))
      .every((part) => part.attributes['element'] !== undefined && part.attributes['type'] === undefined),
  'R2205: a part of a fault names an element': (document) =>
    portOperations(document).every((operation) =>
      children(operation, wsdlUri, 'fault').every((fault) => {
        const own = parts(document, [fault]);
        return own.length === 1 && own[0]?.attributes['element'] !== undefined;
      }),
    ),
  'R2209: every message of the portType is bound': (document) =>
    boundOperations(document).every((operation) =>
      ['input', 'output'].every(
        (direction) => soap(children(operation, wsdlUri, direction)[0] as Read, 'body').length === 1,
      ),
    ),
  'R2304: operation names are unique in a portType': (document) => !duplicates(portOperations(document)),
  'R2702: the transport is HTTP': (document) =>
    soapBelow(document, 'binding').every(
      (each) => each.attributes['transport'] === 'http://schemas.xmlsoap.org/soap/http',
    ),
  'R2705: one style in a binding': (document) =>
    soapBelow(document, 'binding', 'operation').every((each) => each.attributes['style'] === 'document'),
  'R2706: use is literal': (document) =>
    soapBelow(document, ...useHolders).every(
      (each) => each.attributes['use'] === 'literal' && each.attributes['encodingStyle'] === undefined,
    ),
  'R2716: no namespace on the bound elements': (document) =>
    soapBelow(document, ...useHolders).every((each) => each.attributes['namespace'] === undefined),
  'R2718: the binding has the operations and faults of its portType': (document) =>
    operationNames(boundOperations(document)) === operationNames(portOperations(document)) &&
    faultNames(boundOperations(document)) === faultNames(portOperations(document)),
  'R2721: a bound fault is named as the fault it binds': (document) =>
    boundOperations(document)
      .flatMap((operation) => children(operation, wsdlUri, 'fault'))
      .every((fault) => soap(fault, 'fault')[0]?.attributes['name'] === fault.attributes['name']),
  'faults of an operation have different names': (document) =>
    portOperations(document).every((operation) => !duplicates(children(operation, wsdlUri, 'fault'))),
  'every operation has an action that is a URI': (document) =>
    boundOperations(document).every((operation) => isUri(soap(operation, 'operation')[0]?.attributes['soapAction'])),
};

/** The rules that a document breaks. */
export function broken(document: Read): string[] {
  return Object.entries(rules).flatMap(([name, keeps]) => (keeps(document) ? [] : [name]));
}
