import { all, children, find, type Read, soapencUri, wsdlUri, xsdUri } from './read.ts';

const builtIn = ['string', 'boolean', 'int', 'long', 'double', 'decimal', 'date', 'dateTime', 'base64Binary'];

/** What each kind of reference in WSDL 1.1 and XSD 1.0 points at: the attribute's owner and name → the symbol space. */
const targets: readonly (readonly [uri: string, owner: string, attribute: string, space: string])[] = [
  [xsdUri, 'element', 'type', 'type'],
  [xsdUri, 'restriction', 'base', 'type'],
  [xsdUri, 'attribute', 'ref', 'attribute'],
  [xsdUri, 'attribute', `{${wsdlUri}}arrayType`, 'type'],
  [wsdlUri, 'part', 'element', 'element'],
  [wsdlUri, 'part', 'type', 'type'],
  [wsdlUri, 'input', 'message', 'message'],
  [wsdlUri, 'output', 'message', 'message'],
  [wsdlUri, 'fault', 'message', 'message'],
  [wsdlUri, 'binding', 'type', 'portType'],
  [wsdlUri, 'port', 'binding', 'binding'],
];

/** Everything that is defined, as `space {uri}name`; a name that is defined twice throws. */
function definitions(document: Read): Set<string> {
  const defined = new Set(builtIn.map((name) => `type {${xsdUri}}${name}`));
  const define = (space: string, uri: string | undefined, name: string | undefined) => {
    const key = `${space} {${uri}}${name}`;
    if (defined.has(key)) throw new Error(`${key} is defined twice`);
    defined.add(key);
  };
  for (const schema of find(document, xsdUri, 'schema')) {
    for (const child of schema.children) {
      const space = { complexType: 'type', simpleType: 'type', element: 'element' }[child.local];
      if (space !== undefined) define(space, schema.attributes['targetNamespace'], child.attributes['name']);
      if (child.local === 'import' && child.attributes['namespace'] === soapencUri) {
        define('type', soapencUri, 'Array');
        define('attribute', soapencUri, 'arrayType');
      }
    }
  }
  for (const space of ['message', 'portType', 'binding', 'service']) {
    for (const element of children(document, wsdlUri, space)) {
      define(space, document.attributes['targetNamespace'], element.attributes['name']);
    }
  }
  return defined;
}

/** The references that point at nothing. */
export function unresolved(document: Read): string[] {
  const defined = definitions(document);
  const dangling: string[] = [];
  for (const element of all(document)) {
    for (const [uri, owner, attribute, space] of targets) {
      const value = element.attributes[attribute];
      if (element.uri !== uri || element.local !== owner || value === undefined) continue;
      const [prefix = '', local = ''] = value.replace('[]', '').split(':');
      const key = `${space} {${element.resolve(prefix)}}${local}`;
      if (!defined.has(key)) dangling.push(`${owner} ${attribute}=${value}`);
    }
  }
  return dangling;
}
