import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { schemaDocument } from '../../wsdl/schema.ts';
import { children, find, one, type Read, read, xsdUri } from './read.ts';
import { sample } from './sample.ts';

const schema = read(schemaDocument(sample, 'urn:polywire'));

function membersOf(type: Read): readonly (readonly string[])[] {
  return children(one(type, xsdUri, 'sequence'), xsdUri, 'element').map(({ attributes: own }) => [
    own['name'] ?? '',
    own['type'] ?? '',
    `${own['minOccurs']}..${own['maxOccurs']}`,
    own['nillable'] ?? '',
  ]);
}

function type(name: string): readonly (readonly string[])[] {
  return membersOf(one(schema, xsdUri, 'complexType', name));
}

/** The wrapper element of that name: a child of the schema. */
function wrapper(name: string): Read {
  const [found] = children(schema, xsdUri, 'element').filter(({ attributes }) => attributes['name'] === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function textOf(element: Read): string {
  return find(element, xsdUri, 'documentation')[0]?.text ?? '';
}

function parameter(operation: string, name: string): string {
  return textOf(one(wrapper(operation), xsdUri, 'element', name));
}

describe('XSD', () => {
  it('has unqualified locals in the target namespace', () => {
    expect({ ...schema.attributes }).to.deep.equal({
      targetNamespace: 'urn:polywire',
      elementFormDefault: 'unqualified',
    });
  });

  it('gives every kind and wrapper its type and occurrence', () => {
    expect(membersOf(wrapper('kinds_all'))).to.deep.equal([
      ['boolean', 'xsd:boolean', '1..1', 'false'],
      ['int', 'xsd:int', '1..1', 'false'],
      ['int64', 'xsd:long', '0..1', 'false'],
      ['float', 'xsd:double', '1..1', 'true'],
      ['decimal', 'xsd:decimal', '1..1', 'false'],
      ['date', 'xsd:date', '1..1', 'false'],
      ['datetime', 'xsd:dateTime', '0..1', 'false'],
      ['bytes', 'xsd:base64Binary', '0..1', 'false'],
      ['json', 'xsd:string', '1..1', 'false'],
      ['secret', 'xsd:string', '0..1', 'false'],
      ['users', 'tns:ArrayOfNullableUser', '0..1', 'true'],
      ['matrix', 'tns:ArrayOfArrayOfArrayOfDouble', '1..1', 'false'],
      ['nullables', 'tns:ArrayOfNullableString', '1..1', 'false'],
      ['scores', 'tns:MapOfInt', '1..1', 'false'],
      ['maps', 'tns:MapOfNullableMapOfArrayOfUser', '1..1', 'false'],
      ['colours', 'tns:ArrayOfKinds_all_colours', '1..1', 'false'],
      ['moods', 'tns:MapOfKinds_all_moods', '1..1', 'false'],
      ['dates', 'tns:ArrayOfDateTime', '1..1', 'false'],
      ['blobs', 'tns:ArrayOfBase64Binary', '1..1', 'false'],
      ['jsons', 'tns:ArrayOfJson', '1..1', 'false'],
    ]);
  });

  it('answers with result, or with an empty wrapper', () => {
    expect(membersOf(wrapper('users_get_usersResponse'))).to.deep.equal([
      ['result', 'tns:ArrayOfUser', '1..1', 'false'],
    ]);
    expect(membersOf(wrapper('colour_nextResponse'))).to.deep.equal([
      ['result', 'tns:colour_nextResponse_result', '1..1', 'true'],
    ]);
    expect(membersOf(wrapper('pingResponse'))).to.deep.equal([]);
    expect(membersOf(wrapper('ping'))).to.deep.equal([]);
  });

  it('has lists of items and maps of entries', () => {
    expect(type('ArrayOfUser')).to.deep.equal([['item', 'tns:User', '0..unbounded', 'false']]);
    expect(type('ArrayOfNullableUser')).to.deep.equal([['item', 'tns:User', '0..unbounded', 'true']]);
    expect(type('MapOfNullableMapOfArrayOfUser')).to.deep.equal([
      ['entry', 'tns:MapOfNullableMapOfArrayOfUser_entry', '0..unbounded', 'false'],
    ]);
    expect(type('MapOfNullableMapOfArrayOfUser_entry')).to.deep.equal([
      ['key', 'xsd:string', '1..1', 'false'],
      ['value', 'tns:MapOfArrayOfUser', '1..1', 'true'],
    ]);
  });

  it('keeps the declared order of fields', () => {
    expect(type('User').map(([name]) => name)).to.deep.equal(
      'id username role joined birthday photo home tags'.split(' '),
    );
    expect(type('User')[4]).to.deep.equal(['birthday', 'xsd:date', '0..1', 'true']);
  });

  it('has the error objects with their elements', () => {
    const standard = ['code', 'message', 'issues', 'retryAfter', 'requestId', 'help'];
    expect(type('PolywireFault').map(([name]) => name)).to.deep.equal(standard);
    expect(
      type('PolywireFault')
        .filter(([, , occurs]) => occurs === '0..1')
        .map(([name]) => name),
    ).to.deep.equal(['issues', 'retryAfter', 'help']);
    expect(type('TooCuriousFault').map(([name]) => name)).to.deep.equal(standard);
    expect(type('UserNotFoundFault')[3]).to.deep.equal(['data', 'tns:Missing', '1..1', 'false']);
    expect(wrapper('UserNotFoundFault').attributes['type']).to.equal('tns:UserNotFoundFault');
  });

  it('never has a default or a facet but enumeration', () => {
    for (const element of find(schema, xsdUri, 'element')) expect(element.attributes).not.to.have.property('default');
    for (const restriction of find(schema, xsdUri, 'restriction')) {
      expect(restriction.children.every(({ local }) => local === 'enumeration')).to.equal(true);
    }
  });

  it('enumerates the values of an enumeration', () => {
    const role = one(schema, xsdUri, 'simpleType', 'User_role');
    const values = find(role, xsdUri, 'enumeration').map(({ attributes }) => attributes['value']);
    expect(values).to.deep.equal(['teacher', 'student', 'a b', '1st']);
    expect(textOf(role)).to.equal('What the user may do.');
  });

  it('leaves an enumeration open that a document or a generator cannot hold', () => {
    const enumerated = (...values: string[]) => {
      const fn = define('f', {
        description: 'f',
        effect: 'read',
        params: { a: t.enum(values) },
        handler: () => undefined,
      });
      return find(read(schemaDocument([fn], 'urn:x')), xsdUri, 'enumeration').length;
    };
    expect(enumerated('a', 'b\u0001')).to.equal(0);
    expect(enumerated('a', 'b\nc')).to.equal(0);
    expect(enumerated('a', 'App\\users')).to.equal(0);
    expect(enumerated('a', 'say "b"')).to.equal(0);
    expect(enumerated('a', '+')).to.equal(0);
    expect(enumerated('a', '')).to.equal(0);
    expect(enumerated('red', 'Red')).to.equal(0);
    expect(enumerated('a-b', 'ab')).to.equal(0);
    expect(enumerated(...Array.from({ length: 257 }, (_, index) => `v${index}`))).to.equal(0);
    expect(enumerated("<&'a>", 'a b', '1st')).to.equal(3);
    expect(enumerated(...Array.from({ length: 256 }, (_, index) => `v${index}`))).to.equal(256);
  });
});

describe('XSD documentation', () => {
  it('tells limits, defaults and deprecations', () => {
    expect(parameter('users_get_users', 'limit')).to.equal('How many. From 1 to 500. Default: 50.');
    expect(parameter('users_get_users', 'values')).to.equal('At most 100 items. Each item: At most 10 characters.');
    expect(parameter('kinds_all', 'int')).to.equal('At least -5.');
    expect(parameter('kinds_all', 'int64')).to.equal('Default: "9007199254740993".');
    expect(parameter('kinds_all', 'decimal')).to.equal('At most 10.5.');
    expect(parameter('kinds_all', 'date')).to.equal('Deprecated: use datetime.');
    expect(parameter('kinds_all', 'datetime')).to.equal('Default: "1970-01-01T00:00:00.000Z".');
    expect(parameter('kinds_all', 'bytes')).to.equal('Default: "AQI=".');
    expect(parameter('kinds_all', 'json')).to.equal('Any JSON value, as JSON text.');
    expect(textOf(wrapper('colour_nextResponse'))).to.equal('One of "red", "green", "lines\\nand\\ttabs".');
    expect(parameter('kinds_all', 'secret')).to.equal('');
  });

  it('tells of types', () =>
    expect(textOf(one(schema, xsdUri, 'complexType', 'User'))).to.equal('Somebody who may log in.'));

  it('is all that a change of limits changes', () => {
    const withLimits = (max: number): AnyFunction =>
      define('f', {
        description: 'f',
        effect: 'read',
        params: { a: t.list(t.string({ max, pattern: `.{${max}}` }), { max }), b: t.default(t.int({ max }), 1) },
        returns: t.object('O', { n: t.int64({ min: BigInt(max) }), m: t.map(t.bytes({ max }), { max }) }),
        handler: () => undefined as never,
      }) as AnyFunction;
    const plain = (max: number) =>
      schemaDocument([withLimits(max)], 'urn:x').replace(/\s*<xsd:annotation>.*?<\/xsd:annotation>/gs, '');
    expect(plain(5)).to.equal(plain(6));
    expect(schemaDocument([withLimits(5)], 'urn:x')).not.to.equal(schemaDocument([withLimits(6)], 'urn:x'));
  });
});
