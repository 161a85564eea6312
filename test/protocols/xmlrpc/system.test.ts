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
  fn(
    'defaults',
    {
      raw: t.default(t.bytes(), Uint8Array.of(0, 255)),
      at: t.default(t.datetime(), new Date('2026-02-28T12:00:00Z')),
      big: t.default(t.int64(), 9_007_199_254_740_993n),
      nothing: t.default(t.nullable(t.string()), null),
      secret: t.default(t.string({ sensitive: true }), 'do-not-tell'),
      old: t.optional(t.int({ description: 'Not read.', deprecated: 'nobody reads it' })),
    },
    undefined,
    { deprecated: { since: '2.0', use: 'users.find' } },
  ),
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
      'defaults',
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

  it('tells defaults as they are sent, secrets not at all, and what is deprecated', async () => {
    const help = await ask('methodHelp', 'defaults');
    expect(help).to.equal(
      [
        'Does defaults.',
        '',
        'Deprecated since 2.0: use users.find',
        '',
        'Parameters in this order, or one struct of them by name:',
        '  raw: base64, default "AP8="',
        '  at: dateTime.iso8601, default "2026-02-28T12:00:00.000Z"',
        '  big: string of digits, 64 bits, default "9007199254740993"',
        '  nothing: string, or nil, default null',
        '  secret: string, optional',
        '  old: int, optional – Not read. Deprecated: nobody reads it',
        '',
        'Result: boolean, always 1',
      ].join('\n'),
    );
  });

  describe('has signatures that are so', () => {
    const values: Readonly<Record<string, string>> = {
      string: '<string>7</string>',
      boolean: '<boolean>1</boolean>',
      int: '<int>7</int>',
      double: '<double>0.5</double>',
      'dateTime.iso8601': '<dateTime.iso8601>20260228T12:34:56</dateTime.iso8601>',
      base64: '<base64>AP8=</base64>',
      array: '<array><data></data></array>',
    };
    const struct = (fields: Fields): string => {
      const members = Object.entries(fields).filter(([, { kind }]) => kind !== 'optional' && kind !== 'default');
      const texts = members.map(([name, field]) => `<member><name>${name}</name>${valueText(field)}</member>`);
      return `<struct>${texts.join('')}</struct>`;
    };
    /** A value of a parameter in the type that the signature has for it. */
    const valueText = (field: Descriptor, type?: string): string => {
      if ('inner' in field) return valueText(field.inner, type);
      if (field.kind === 'object') return `<value>${struct(field.fields)}</value>`;
      if (field.kind === 'enum') return `<value><string>${field.values[0]}</string></value>`;
      if (field.kind === 'map') return '<value><struct></struct></value>';
      if (field.kind === 'date') return '<value><string>2026-02-28</string></value>';
      const kinds = { int64: 'string', decimal: 'string', float: 'double', bytes: 'base64', list: 'array' } as const;
      const own = field.kind === 'datetime' ? 'dateTime.iso8601' : (kinds[field.kind as 'int64'] ?? field.kind);
      return `<value>${values[type ?? own]}</value>`;
    };
    const taken = async (fn: AnyFunction, params: readonly string[]): Promise<boolean> => {
      const answer = await answerOf(
        site,
        `<methodCall><methodName>${fn.name}</methodName><params>${params.map((value) => `<param>${value}</param>`).join('')}</params></methodCall>`,
      );
      return 'value' in answer || answer.fault.faultCode !== -32602;
    };

    for (const fn of functions.filter(({ listed, name }) => listed && name !== 'types.any')) {
      it(`of ${fn.name}`, async () => {
        const told = (await ask('methodSignature', fn.name)) as readonly (readonly string[])[];
        const fields = Object.values(fn.params);
        const positional = told
          .map(([, ...types]) => types)
          .filter((types) => types.join() !== 'struct' || takesOneStruct(fn));
        const counts = positional.map((types) => types.length);
        for (const types of positional) {
          const params = types.map((type, index) => valueText(fields[index] as Descriptor, type));
          expect(await taken(fn, params), types.join()).to.equal(true);
        }
        const tooFew = fields.slice(0, Math.min(...counts) - 1).map((field) => valueText(field));
        if (Math.min(...counts) > 0) expect(await taken(fn, tooFew), 'fewer').to.equal(false);
        const tooMany = [...fields.map((field) => valueText(field)), '<value><int>1</int></value>'];
        expect(await taken(fn, tooMany), 'more').to.equal(false);
        const byName = told.some(([, ...types]) => types.join() === 'struct') && !takesOneStruct(fn);
        if (byName) expect(await taken(fn, [`<value>${struct(fn.params)}</value>`]), 'by name').to.equal(true);
      });
    }

    /** Whether the only way to call is with a struct as the first parameter. */
    const takesOneStruct = ({ params }: AnyFunction): boolean => Object.values(params)[0]?.kind === 'object';
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
