import type { AnyFunction } from '../lib/define.ts';
import {
  type Descriptor,
  type EnumDescriptor,
  type Fields,
  type ListDescriptor,
  type MapDescriptor,
  unwrap,
} from '../lib/descriptor.ts';
import { operationName } from '../lib/operation-name.ts';
import { isEnumerable, memberDocumentation, typeDocumentation } from './documentation.ts';
import { type Element, element, serialise } from './markup.ts';
import { type NamedType, namedTypes } from './named-types.ts';
import {
  arrayItemType,
  entryElement,
  entryTypeName,
  faultElement,
  itemElement,
  memberScope,
  responseName,
  resultElement,
  standardFaultElement,
  type XsdType,
  xsdType,
} from './names.ts';

/** The namespace of XML Schema 1.0. */
export const xsdNamespace = 'http://www.w3.org/2001/XMLSchema';
/** The namespace of SOAP 1.1's arrays (SOAP 1.1 §5). */
export const encodingNamespace = 'http://schemas.xmlsoap.org/soap/encoding/';

const xsdText = { uri: 'xsd', local: 'string' } as const;

/** The standalone schema of some functions (XSD 1.0): what the literal WSDLs hold in their types. */
export function schemaDocument(functions: readonly AnyFunction[], namespace: string): string {
  const schema = literalSchema(functions, namespace);
  const prefixes = { 'xmlns:xsd': xsdNamespace, 'xmlns:tns': namespace };
  return serialise({ ...schema, attributes: { ...prefixes, ...schema.attributes } });
}

/** The xsd:schema of document/literal wrapped: wrapper and fault elements, and the types (WS-I BP 1.1, R2105, R2110, R2111). */
export function literalSchema(functions: readonly AnyFunction[], namespace: string): Element {
  const types = [...uniqueTypes(functions)].flatMap(literalType);
  return schemaElement(namespace, [...functions.flatMap(wrappers), ...faultElements(functions), ...types]);
}

/** The xsd:schema of rpc/encoded: fault elements, and types with lists and maps as restrictions of soapenc:Array (WSDL 1.1 §2.2). */
export function encodedSchema(functions: readonly AnyFunction[], namespace: string): Element {
  const soapenc = element('xsd:import', { namespace: encodingNamespace });
  const types = [...uniqueTypes(functions)].flatMap(encodedType);
  return schemaElement(namespace, [soapenc, ...faultElements(functions), ...types]);
}

/** A type as a QName of the documents' prefixes. */
export function qname({ uri, local }: XsdType): string {
  return `${uri}:${local}`;
}

function schemaElement(namespace: string, children: readonly Element[]): Element {
  return element('xsd:schema', { targetNamespace: namespace, elementFormDefault: 'unqualified' }, ...children);
}

/** One use of each name, the first: the catalog has seen to it that all uses mean the same. */
function uniqueTypes(functions: readonly AnyFunction[]): Iterable<NamedType> {
  const byName = new Map<string, NamedType>();
  for (const type of namedTypes(functions)) if (!byName.has(type.name)) byName.set(type.name, type);
  return byName.values();
}

function wrappers(fn: AnyFunction): Element[] {
  const operation = operationName(fn.name);
  const response = responseName(operation);
  const result: Fields = fn.returns === undefined ? {} : { [resultElement]: fn.returns };
  return [
    element('xsd:element', { name: operation }, sequence(undefined, {}, membersOf(fn.params, operation))),
    element('xsd:element', { name: response }, sequence(undefined, {}, membersOf(result, response))),
  ];
}

function faultElements(functions: readonly AnyFunction[]): Element[] {
  const declared = functions.flatMap((fn) => Object.keys(fn.errors).map(faultElement));
  return [...new Set([standardFaultElement, ...declared])].map((name) =>
    element('xsd:element', { name, type: `tns:${name}`, nillable: 'false' }),
  );
}

function literalType({ name, core, scope }: NamedType): Element[] {
  switch (core.kind) {
    case 'object':
      return [sequence(typeDocumentation(core), { name }, membersOf(core.fields, core.name))];
    case 'enum':
      return [enumeration(name, core)];
    case 'list':
      return [
        sequence(undefined, { name }, [repeated(itemElement, xsdType(core.item, scope), unwrap(core.item).nullable)]),
      ];
    case 'map': {
      const entry = arrayItemType(core, scope);
      return [sequence(undefined, { name }, [repeated(entryElement, entry, false)]), entryType(core, scope)];
    }
  }
}

function encodedType(type: NamedType): Element[] {
  const { name, core, scope } = type;
  if (core.kind === 'list') return [encodedArray(name, core, scope)];
  if (core.kind === 'map') return [encodedArray(name, core, scope), entryType(core, scope)];
  return literalType(type);
}

function encodedArray(name: string, core: ListDescriptor | MapDescriptor, scope: string): Element {
  const items = `${qname(arrayItemType(core, scope))}[]`;
  const attribute = element('xsd:attribute', { ref: 'soapenc:arrayType', 'wsdl:arrayType': items });
  const restriction = element('xsd:restriction', { base: 'soapenc:Array' }, attribute);
  return element('xsd:complexType', { name }, element('xsd:complexContent', {}, restriction));
}

function entryType(map: MapDescriptor, scope: string): Element {
  const key = member('key', xsdText, { minOccurs: '1', maxOccurs: '1', nillable: 'false' });
  const { nullable } = unwrap(map.value);
  const value = member('value', xsdType(map.value, scope), {
    minOccurs: '1',
    maxOccurs: '1',
    nillable: String(nullable),
  });
  return sequence(undefined, { name: entryTypeName(map, scope) }, [key, value]);
}

function enumeration(name: string, core: EnumDescriptor): Element {
  const values = isEnumerable(core) ? core.values : [];
  const facets = values.map((value) => element('xsd:enumeration', { value }));
  const restriction = element('xsd:restriction', { base: 'xsd:string' }, ...facets);
  return element('xsd:simpleType', { name }, annotation(typeDocumentation(core)), restriction);
}

function sequence(
  text: string | undefined,
  attributes: Readonly<Record<string, string>>,
  children: readonly Element[],
): Element {
  return element('xsd:complexType', attributes, annotation(text), element('xsd:sequence', {}, ...children));
}

function membersOf(fields: Fields, holder: string): Element[] {
  return Object.entries(fields).map(([name, field]) => memberOf(name, field, memberScope(holder, name)));
}

function memberOf(name: string, descriptor: Descriptor, scope: string): Element {
  const { nullable, optional } = unwrap(descriptor);
  const occurs = { minOccurs: optional ? '0' : '1', maxOccurs: '1', nillable: String(nullable) };
  return member(name, xsdType(descriptor, scope), occurs, memberDocumentation(descriptor));
}

function repeated(name: string, type: XsdType, nullable: boolean): Element {
  return member(name, type, { minOccurs: '0', maxOccurs: 'unbounded', nillable: String(nullable) });
}

function member(name: string, type: XsdType, occurs: Readonly<Record<string, string>>, text?: string): Element {
  return element('xsd:element', { name, type: qname(type), ...occurs }, annotation(text));
}

function annotation(text: string | undefined): Element | undefined {
  return text === undefined ? undefined : element('xsd:annotation', {}, element('xsd:documentation', {}, text));
}
