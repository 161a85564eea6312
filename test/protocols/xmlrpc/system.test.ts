import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import type { Descriptor, Fields } from '../../../lib/descriptor.ts';
import { answerOf, methodCall, siteOf } from './calls.ts';

const fn = (name: string, params: Fields, returns?: Descriptor, more: object = {}): AnyFunction =>
  define(name, {
    description: `Does ${name}.`,
    effect: 'read',
    params,
    returns,
    handler: () => null as never,
    ...more,
  }) as AnyFunction;

const User = t.object('User', { id: t.int64(), joined: t.optional(t.datetime()) });
const functions = [
  fn(
    'users.find',
    {
      field: t.enum(['id', 'name']),
      limit: t.default(t.int({ description: 'At most.' }), 50),
      note: t.optional(t.bytes()),
    },
    t.list(User),
    {
      errors: { 'user-not-found': { number: 1001, message: 'No such user' }, other: { number: 1002 } },
    },
  ),
  fn(
    'types.all',
    { a: t.boolean(), b: t.float(), c: t.datetime(), d: t.map(t.int()), e: User, f: t.nullable(t.decimal()) },
    t.nullable(t.date()),
  ),
  fn('types.struct', { first: User }, t.map(t.json())),
  fn('types.any', { value: t.json() }, t.json()),
  fn('types.none', {}),
  fn('hidden', {}, undefined, { listed: false }),
];
const site = siteOf(functions);
const ask = async (name: string, ...params: readonly string[]) => {
  const answer = await answerOf(site, methodCall(`system.${name}`, ...params));
  return 'value' in answer ? answer.value : answer.fault.faultCode;
};

describe('XML-RPC introspection', () => {
  it('lists listed functions and its own, sorted', async () => {
    expect(await ask('listMethods')).to.deep.equal([
      'system.getCapabilities',
      'system.listMethods',
      'system.methodHelp',
      'system.methodSignature',
      'system.multicall',
      'types.all',
      'types.any',
      'types.none',
      'types.struct',
      'users.find',
    ]);
  });

  const signatures: readonly (readonly [name: string, expected: unknown])[] = [
    [
      'users.find',
      [
        ['array', 'string', 'int', 'base64'],
        ['array', 'string', 'int'],
        ['array', 'string'],
        ['array', 'struct'],
      ],
    ],
    [
      'types.all',
      [
        ['string', 'boolean', 'double', 'dateTime.iso8601', 'struct', 'struct', 'string'],
        ['string', 'boolean', 'double', 'dateTime.iso8601', 'struct', 'struct'],
        ['string', 'struct'],
      ],
    ],
    ['types.struct', [['struct', 'struct']]],
    ['types.any', 'undef'],
    ['types.none', [['boolean']]],
    ['system.multicall', [['array', 'array']]],
    ['system.listMethods', [['array']]],
    [
      'system.methodHelp',
      [
        ['string', 'string'],
        ['string', 'struct'],
      ],
    ],
    ['system.methodSignature', 'undef'],
    ['system.getCapabilities', [['struct']]],
  ];
  for (const [name, expected] of signatures) {
    it(`tells the signature of ${name}`, async () =>
      expect(await ask('methodSignature', name)).to.deep.equal(expected));
  }

  it('knows nothing of functions that are hidden, off or not there', async () => {
    for (const name of ['hidden', 'nosuch', '', 'toString']) {
      expect(await ask('methodSignature', name)).to.equal(-32601);
      expect(await ask('methodHelp', name)).to.equal(-32601);
    }
    expect(await ask('methodHelp')).to.equal(-32602);
  });

  it('describes functions', async () => {
    expect(await ask('methodHelp', 'users.find')).to.equal(
      [
        'Does users.find.',
        '',
        'Parameters in this order, or one struct of them by name:',
        '  field: string, one of id, name',
        '  limit: int, default 50 – At most.',
        '  note: base64, optional',
        '',
        'Result: array of (struct User {id: string of digits, 64 bits; joined: dateTime.iso8601, optional})',
        '',
        'Errors:',
        '  1001 user-not-found: No such user',
        '  1002 other',
      ].join('\n'),
    );
    expect(await ask('methodHelp', 'types.none')).to.equal('Does types.none.\n\nResult: boolean, always 1');
    expect(await ask('methodHelp', 'types.any')).to.include('value: any value');
  });

  it('tells what it can do', async () => {
    const capabilities = (await ask('getCapabilities')) as Record<string, unknown>;
    expect(Object.keys(capabilities)).to.have.members([
      'xmlrpc',
      'faults_interop',
      'system.multicall',
      'introspection',
      'nil',
      'i8',
    ]);
    expect(capabilities['nil']).to.deep.equal({
      specUrl: 'http://ws.apache.org/xmlrpc/namespaces/extensions',
      specVersion: 1,
    });
    expect(capabilities['faults_interop']).to.include({ specVersion: 20010516 });
  });
});
