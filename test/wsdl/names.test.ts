import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Descriptor, Fields } from '../../lib/descriptor.ts';
import { wsdlNameCollisions } from '../../wsdl/collisions.ts';
import { arrayItemType, entryTypeName, faultElement, faultMessage, typeName, xsdType } from '../../wsdl/names.ts';
import { sample } from './sample.ts';

const User = t.object('User', { id: t.int64() });

describe('type names', () => {
  const cases: readonly (readonly [name: string, descriptor: Descriptor])[] = [
    ['User', User],
    ['User', t.optional(t.nullable(User))],
    ['here', t.enum(['a'])],
    ['ArrayOfString', t.list(t.string({ max: 3 }))],
    ['ArrayOfBoolean', t.list(t.boolean())],
    ['ArrayOfInt', t.list(t.int())],
    ['ArrayOfLong', t.list(t.int64())],
    ['ArrayOfDouble', t.list(t.float())],
    ['ArrayOfDecimal', t.list(t.decimal())],
    ['ArrayOfDate', t.list(t.date())],
    ['ArrayOfDateTime', t.list(t.datetime())],
    ['ArrayOfBase64Binary', t.list(t.bytes())],
    ['ArrayOfJson', t.list(t.json())],
    ['ArrayOfHere', t.list(t.enum(['a']))],
    ['ArrayOfUser', t.list(User)],
    ['ArrayOfNullableUser', t.list(t.nullable(User))],
    ['ArrayOfArrayOfString', t.list(t.list(t.string()))],
    ['ArrayOfNullableArrayOfNullableString', t.list(t.nullable(t.list(t.nullable(t.string()))))],
    ['MapOfInt', t.map(t.int())],
    ['MapOfArrayOfUser', t.map(t.list(User))],
    ['ArrayOfMapOfNullableHere', t.list(t.map(t.nullable(t.enum(['a']))))],
  ];
  for (const [name, descriptor] of cases) {
    it(name, () => {
      expect(typeName(descriptor, 'here')).to.equal(name);
      expect(xsdType(descriptor, 'here')).to.deep.equal({ uri: 'tns', local: name });
    });
  }

  it('scalars have the types of XSD', () => {
    expect(xsdType(t.nullable(t.datetime()), 'here')).to.deep.equal({ uri: 'xsd', local: 'dateTime' });
    expect(xsdType(t.json(), 'here')).to.deep.equal({ uri: 'xsd', local: 'string' });
  });

  it('arrays of rpc/encoded hold items or entries', () => {
    expect(arrayItemType(t.list(t.int64()), 'here')).to.deep.equal({ uri: 'xsd', local: 'long' });
    expect(arrayItemType(t.list(t.list(User)), 'here')).to.deep.equal({ uri: 'tns', local: 'ArrayOfUser' });
    expect(arrayItemType(t.map(User), 'here')).to.deep.equal({ uri: 'tns', local: 'MapOfUser_entry' });
    expect(entryTypeName(t.map(t.nullable(t.enum(['a']))), 'here')).to.equal('MapOfNullableHere_entry');
  });

  it('faults are named after their codes', () => {
    expect(faultElement('user-not-found')).to.equal('UserNotFoundFault');
    expect(faultElement('a2-3b')).to.equal('A23bFault');
    expect(faultMessage('user-not-found')).to.equal('UserNotFoundException');
    expect(faultMessage()).to.equal('PolywireException');
  });
});

describe('collisions of names', () => {
  const fn = (name: string, params: Fields, returns?: Descriptor, errors = {}): AnyFunction =>
    define(name, {
      description: name,
      effect: 'read',
      params,
      returns,
      errors,
      handler: () => undefined as never,
    }) as AnyFunction;
  const collisions = (...functions: AnyFunction[]) =>
    wsdlNameCollisions(functions).map(
      ({ type, first, second, exact }) => `${exact ? '!' : ''}${type}: ${first} | ${second}`,
    );

  it('are none in a sound catalog, also where types are used twice', () => {
    expect(wsdlNameCollisions(sample)).to.deep.equal([]);
    expect(
      collisions(fn('a', { u: User, l: t.list(User) }, User), fn('b', { u: t.describe(User, 'The other one') })),
    ).to.deep.equal([]);
  });

  it('are told where a document would be invalid', () => {
    expect(collisions(fn('a', { l: t.list(t.string()), o: t.object('ArrayOfString', {}) }))).to.deep.equal([
      '!ArrayOfString: a: params/l | a: params/o',
    ]);
    expect(collisions(fn('a', { l: t.list(t.nullable(User)), m: t.list(t.object('NullableUser', {})) }))).to.deep.equal(
      ['!ArrayOfNullableUser: a: params/l | a: params/m'],
    );
    expect(collisions(fn('a', { b_c: t.enum(['x']) }), fn('a.b', { c: t.enum(['y']) }))).to.deep.equal([
      '!a_b_c: a: params/b_c | a.b: params/c',
    ]);
    expect(collisions(fn('a', {}), fn('aResponse', {}))).to.deep.equal(['!aResponse: a: name | aResponse: name']);
    expect(collisions(fn('a', { f: t.object('PolywireFault', {}) }))).to.deep.equal([
      '!PolywireFault: the standard error object | a: params/f',
    ]);
    expect(
      collisions(fn('a', {}, undefined, { 'x-y': { number: 1 } }), fn('b', {}, t.object('XYFault', {}))),
    ).to.deep.equal(['!XYFault: a: errors/x-y | b: returns']);
    expect(collisions(fn('a', {}, undefined, { polywire: { number: 1, data: User } }))[0]).to.equal(
      '!PolywireFault: the standard error object | a: errors/polywire',
    );
  });

  it('are told where only Java suffers', () => {
    expect(collisions(fn('site.info', {}, t.object('SiteInfo', {})))).to.deep.equal([
      'SiteInfo: site.info: name | site.info: returns',
    ]);
    expect(collisions(fn('echo', {}, t.object('echo', {})))).to.deep.equal(['echo: echo: name | echo: returns']);
    expect(collisions(fn('a', { u: t.object('U', { r: t.enum(['x']) }), v: t.object('UR', {}) }))).to.deep.equal([
      'UR: a: params/u/r | a: params/v',
    ]);
    expect(collisions(fn('a', { x_y: t.int(), xY: t.int() }))).to.deep.equal(['xY: a: params/x_y | a: params/xY']);
    expect(collisions(fn('a', { o: t.object('ObjectFactory', {}) }))).to.deep.equal([
      'ObjectFactory: the class ObjectFactory of JAXB | a: params/o',
    ]);
    expect(collisions(fn('polywire.service', {}, t.object('PolywirePortType', {})))).to.deep.equal([
      'polywire_service: the Service of the WSDL | polywire.service: name',
      'PolywirePortType: the PortType of the WSDL | polywire.service: returns',
    ]);
    expect(collisions(fn('a', {}, t.object('XYException', {}), { 'x-y': { number: 1 } }))).to.deep.equal([
      'XYException: a: errors/x-y | a: returns',
    ]);
    expect(
      collisions(fn('a', {}, undefined, { same: { number: 1 } }), fn('b', {}, undefined, { same: { number: 1 } })),
    ).to.deep.equal([]);
  });
});
