type Fields = Readonly<Record<string, string>>;

const CUSTOM_FIELD: Fields = { type: 'xsd:string', value: 'xsd:string' };
const CREATED_USER: Fields = { id: 'xsd:int', username: 'xsd:string' };

const NEW_USER: Fields = {
  username: 'xsd:string',
  password: 'xsd:string',
  firstname: 'xsd:string',
  lastname: 'xsd:string',
  email: 'xsd:string',
  auth: 'xsd:string',
  idnumber: 'xsd:string',
  lang: 'xsd:string',
  timezone: 'xsd:string',
  mailformat: 'xsd:int',
  suspended: 'xsd:boolean',
  customfields: 'tns:ArrayOfCustomField',
};

const USER_RECORD: Fields = {
  id: 'xsd:int',
  username: 'xsd:string',
  firstname: 'xsd:string',
  lastname: 'xsd:string',
  email: 'xsd:string',
  auth: 'xsd:string',
  lang: 'xsd:string',
  timezone: 'xsd:string',
  mailformat: 'xsd:int',
  suspended: 'xsd:boolean',
  lastaccess: 'xsd:int',
  grade: 'xsd:double',
  customfields: 'tns:ArrayOfCustomField',
};

const OPERATIONS: Readonly<Record<string, { readonly takes: Fields; readonly gives: string }>> = {
  bench_echo: { takes: { text: 'xsd:string' }, gives: 'xsd:string' },
  bench_create_users: { takes: { users: 'tns:ArrayOfNewUser' }, gives: 'tns:ArrayOfCreatedUser' },
  bench_get_users: { takes: {}, gives: 'tns:ArrayOfUserRecord' },
};

/** The hand-written document/literal wrapped WSDL that node-soap's server needs, in the shape of our own. */
export const wsdl = (): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"',
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:polywire" targetNamespace="urn:polywire">',
    `<types><xsd:schema targetNamespace="urn:polywire" elementFormDefault="unqualified">${schema()}</xsd:schema></types>`,
    each((name) => message(name) + message(`${name}Response`)),
    `<portType name="BenchPortType">${each(portOperation)}</portType>`,
    '<binding name="BenchBinding" type="tns:BenchPortType">',
    `<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${each(boundOperation)}</binding>`,
    '<service name="Bench"><port name="BenchPort" binding="tns:BenchBinding">',
    '<soap:address location="http://127.0.0.1/soap"/></port></service></definitions>',
  ].join('');

const each = (write: (name: string) => string): string => Object.keys(OPERATIONS).map(write).join('');

const schema = (): string =>
  listType('CustomField', CUSTOM_FIELD) +
  listType('CreatedUser', CREATED_USER) +
  listType('NewUser', NEW_USER) +
  listType('UserRecord', USER_RECORD) +
  Object.entries(OPERATIONS)
    .map(([name, { takes, gives }]) => wrapper(name, takes) + wrapper(`${name}Response`, { result: gives }))
    .join('');

const sequence = (fields: Fields): string =>
  `<xsd:sequence>${Object.entries(fields)
    .map(([name, type]) => `<xsd:element name="${name}" type="${type}"/>`)
    .join('')}</xsd:sequence>`;

const listType = (name: string, fields: Fields): string =>
  `<xsd:complexType name="${name}">${sequence(fields)}</xsd:complexType>` +
  `<xsd:complexType name="ArrayOf${name}"><xsd:sequence>` +
  `<xsd:element name="item" type="tns:${name}" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>`;

const wrapper = (name: string, fields: Fields): string =>
  `<xsd:element name="${name}"><xsd:complexType>${sequence(fields)}</xsd:complexType></xsd:element>`;

const message = (name: string): string =>
  `<message name="${name}"><part name="parameters" element="tns:${name}"/></message>`;

const portOperation = (name: string): string =>
  `<operation name="${name}"><input message="tns:${name}"/><output message="tns:${name}Response"/></operation>`;

const boundOperation = (name: string): string =>
  `<operation name="${name}"><soap:operation soapAction="urn:polywire#${name}"/>` +
  '<input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>';
