import { type Descriptor, type Kind, type ListDescriptor, type MapDescriptor, unwrap } from '../lib/descriptor.ts';

/*
 * The names of WSDL and XSD (DESIGN §3 "Type names"). A name depends on the declaration alone, never on which other
 * functions are on, so that switching a function off renames nothing in anybody's stubs.
 *
 *   operation            the function's name with `.` as `_`                    users_get_users
 *   wrapper elements     the operation, and the operation + Response            users_get_users, users_get_usersResponse
 *   object               its own name                                           User
 *   list                 ArrayOf + [Nullable] + name of the item's type, its    ArrayOfString, ArrayOfArrayOfUser,
 *                        first letter raised                                    ArrayOfUsers_get_users_fields
 *   map, its entries     MapOf + [Nullable] + name of the value's type, alike   MapOfNullableInt, MapOfNullableInt_entry
 *   enum                 scope: the holder + _ + the member, through lists      users_get_users_field,
 *                        and maps (each leads to one type only)                 users_get_usersResponse_result, User_role
 *   scalar in a name     its XSD type, capitalised; Json for json               String Int Long Double DateTime Base64Binary
 */

/** The XSD type and, inside longer names, the word that stands for a kind which needs no type of its own. */
const simpleTypes = {
  string: ['string', 'String'],
  boolean: ['boolean', 'Boolean'],
  int: ['int', 'Int'],
  int64: ['long', 'Long'],
  float: ['double', 'Double'],
  decimal: ['decimal', 'Decimal'],
  date: ['date', 'Date'],
  datetime: ['dateTime', 'DateTime'],
  bytes: ['base64Binary', 'Base64Binary'],
  json: ['string', 'Json'],
} as const satisfies Partial<Record<Kind, readonly [local: string, word: string]>>;

/** A type by namespace and local name; `tns` is the target namespace. */
export interface XsdType {
  readonly uri: 'xsd' | 'tns';
  readonly local: string;
}

/** The only child of a response wrapper that has one (DESIGN §3 "SOAP and WSDL shape"). */
export const resultElement = 'result';
/** The elements of a list. */
export const itemElement = 'item';
/** The elements of a map, each with a `key` and a `value`. */
export const entryElement = 'entry';

/** The value of soapAction for an operation: told to clients, never used to choose the function (WS-I BP 1.1, R1109). */
export function soapAction(namespace: string, operation: string): string {
  return `${namespace}#${operation}`;
}

/** The wrapper element of an operation's answer (WS-I BP 1.1, R2729: the operation + `Response`). */
export function responseName(operation: string): string {
  return `${operation}Response`;
}

/**
 * Where a member stands: what an enumeration there is named (DESIGN §3: `<Function>_<path>`).
 * The scope of a parameter is `memberScope(operationName(fn.name), parameter)`, that of a result
 * `memberScope(responseName(operation), resultElement)`, that of a field `memberScope(object.name, field)`.
 * Items of lists and values of maps keep the scope of their list or map.
 */
export function memberScope(holder: string, member: string): string {
  return `${holder}_${member}`;
}

/** The name by which a type enters longer names, wrappers taken off; for all but scalars and json also its own XSD name. */
export function typeName(descriptor: Descriptor, scope: string): string {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'object':
      return core.name;
    case 'enum':
      return scope;
    case 'list':
      return `ArrayOf${partName(core.item, scope)}`;
    case 'map':
      return `MapOf${partName(core.value, scope)}`;
    default:
      return simpleTypes[core.kind][1];
  }
}

function partName(part: Descriptor, scope: string): string {
  const name = typeName(part, scope);
  return `${unwrap(part).nullable ? 'Nullable' : ''}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The name of the complex type of a map's entries. */
export function entryTypeName(map: MapDescriptor, scope: string): string {
  return `${typeName(map, scope)}_entry`;
}

/** The XSD type of a descriptor, wrappers taken off: what `type` and, in rpc/encoded answers, `xsi:type` say. */
export function xsdType(descriptor: Descriptor, scope: string): XsdType {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'object':
    case 'enum':
    case 'list':
    case 'map':
      return { uri: 'tns', local: typeName(core, scope) };
    default:
      return { uri: 'xsd', local: simpleTypes[core.kind][0] };
  }
}

/** The type that `soapenc:arrayType` and `wsdl:arrayType` name before their brackets (SOAP 1.1 §5.4.2). */
export function arrayItemType(array: ListDescriptor | MapDescriptor, scope: string): XsdType {
  return array.kind === 'list' ? xsdType(array.item, scope) : { uri: 'tns', local: entryTypeName(array, scope) };
}

/** The element of `detail` that holds the standard error object, and its type's name (DESIGN §4). */
export const standardFaultElement = 'PolywireFault';

/** The element of `detail` for an error that a function declares, and its type's name: `user-not-found` is `UserNotFoundFault`. */
export function faultElement(code: string): string {
  return `${faultStem(code)}Fault`;
}

/** The wsdl:message of a fault: JAX-WS names the exception after it (JAX-WS 2.2 §2.5), so `UserNotFoundException`. */
export function faultMessage(code?: string): string {
  return `${code === undefined ? 'Polywire' : faultStem(code)}Exception`;
}

/** A code in PascalCase; codes are words of small letters and digits joined by `-`, starting with a letter. */
function faultStem(code: string): string {
  return code.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}
