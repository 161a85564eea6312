import { expect } from 'chai';
import { type AnyFunction, define, t } from '../../../index.ts';
import { importCatalog } from '../../../lib/exported/import.ts';
import { faultCodes } from '../../../lib/fault.ts';
import { overDatabases } from '../../access/databases.ts';
import { type ConsoleHouse, openConsole, sessionOf } from './house.ts';

const on = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'soap'],
  enabledwsfunctions: ['shop.*', 'auth.whoami'],
} as const;

interface Listed {
  readonly name: string;
  readonly on: boolean;
  readonly protocols: readonly string[];
}

overDatabases('what the console is told', (kind) => {
  let house: ConsoleHouse;
  before(async () => {
    house = await openConsole({ kind, settings: { ...on, logins: { perAddress: 1_000 } } });
  });
  after(() => house.close());

  const names = async (...session: Parameters<ConsoleHouse['call']>[2] & object) =>
    (await house.call('console.functions', {}, session)).result.map(({ name }: Listed) => name) as readonly string[];

  it('everybody hears what there is, and that an administrator is wanted until there is one', async () => {
    const { result } = await house.call('console.session');
    expect(result).not.have.any.keys('user', 'csrf');
    expect(result.site).include({
      name: 'Polywire',
      url: `http://${house.host}`,
      namespace: 'urn:polywire',
      demo: false,
      on: true,
      setup: true,
      database: true,
    });
    expect(result.site.version).match(/^\d+\.\d+\.\d+/);
    expect(result.protocols).deep.include({
      name: 'rest',
      on: true,
      paths: ['/rest/', '/openapi.json', '/openapi.yaml'],
    });
    expect(result.protocols).deep.include({ name: 'xmlrpc', on: false, paths: ['/xmlrpc', '/RPC2'] });
    expect(result.protocols.map(({ name }: Listed) => name)).not.include('console');
    expect(result.pages).eql(['explorer']);
    const zoe = await house.signIn('zoe', 'administrator');
    expect((await house.call('console.session')).result.site.setup).equal(false);
    const known = (await house.call('console.session', {}, zoe)).result;
    expect(known.user).eql({ username: 'zoe', fullname: 'zoe', roles: ['administrator'], capabilities: ['*'] });
    expect(known.csrf).equal(zoe[1]?.[1]);
    expect(known.pages).eql(['explorer', 'administration', 'usage']);
  });

  it('each sees the pages that the capabilities are for', async () => {
    await house.admin('create_role', { name: 'auditor', capabilities: ['admin:audit'] });
    await house.admin('create_role', { name: 'keeper', capabilities: ['admin:keys'] });
    for (const [role, pages] of [
      ['auditor', ['explorer', 'administration', 'usage']],
      ['keeper', ['explorer', 'administration']],
    ] as const) {
      const session = await house.signIn(`a-${role}`, role);
      expect((await house.call('console.session', {}, session)).result.pages, role).eql(pages);
    }
  });

  it('lists what this caller may call, by name, and whoever is in it may call it', async () => {
    const plain = await house.signIn('plain');
    await house.admin('create_role', { name: 'buyer', capabilities: ['shop:order', 'admin:users'] });
    const buyer = await house.signIn('buyer', 'buyer');
    const mine = ['auth.whoami', 'shop.greet'];
    const [nobodys, plains, buyers] = [await names(), await names(...plain), await names(...buyer)];
    expect(nobodys).eql(['auth.whoami', 'shop.greet']);
    expect(nobodys.filter((name) => name.startsWith('admin.'))).eql([]);
    expect(plains).include.members(mine).and.not.include('shop.order');
    expect(plains.filter((name) => name.startsWith('admin.'))).eql([]);
    expect(buyers)
      .include.members([...mine, 'shop.order', 'admin.list_users'])
      .and.not.include('admin.list_keys');
    for (const list of [nobodys, plains, buyers]) {
      expect(list).eql([...list].sort());
      expect(list).not.include('shop.hidden').and.not.include('shop.inside');
    }
    for (const [session, list] of [
      [[], nobodys],
      [plain, plains],
      [buyer, buyers],
    ] as const) {
      for (const { name } of house.server.catalog.functions) {
        if (/^auth\.(?:startsession|endsessions?)$/.test(name)) continue; // what signs in and out is in no list
        const { code } = await house.call(name, { no_such_parameter: 1 }, session);
        const passed = code === 'ok' || code === 'invalid-params';
        if (name !== 'shop.hidden') expect(passed, `${name}: ${code}`).equal(list.includes(name));
      }
    }
  });

  it('says of each how it stands', async () => {
    const { result } = await house.call('console.functions');
    expect(result).deep.include({
      name: 'shop.greet',
      title: 'Greets somebody.',
      description: 'Greets somebody. Then it says no more.',
      effect: 'read',
      on: true,
      listed: true,
      protocols: ['rest', 'soap'],
      access: { client: 'none', user: 'none', capabilities: [] },
    });
  });

  it('shows all there are to those alone who switch them', async () => {
    expect((await house.call('console.functions', { all: true })).code).equal('forbidden');
    const switcher = await house.signIn('switcher', 'administrator');
    const { result } = await house.call('console.functions', { all: true }, switcher);
    expect(result.find(({ name }: Listed) => name === 'admin.enable').access).eql({
      client: 'none',
      user: 'required',
      capabilities: ['admin:settings'],
    });
    const all = result.map(({ name }: Listed) => name);
    expect(all).include.members(['shop.hidden', 'admin.enable']).and.not.include('shop.inside');
    expect(all).eql(
      house.server.catalog.functions
        .filter(({ internal }) => !internal)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('describes a function with all that a page shows', async () => {
    const buyer = sessionOf(await house.call('auth.startsession', { username: 'buyer', password: 'a-long-password' }));
    const { result } = await house.call('console.describe', { name: 'shop.order' }, buyer);
    const [order] = importCatalog(result.catalog);
    expect(Object.keys(order?.params ?? {})).eql(['lines', 'pin']);
    expect(order?.params['pin']).have.property('sensitive', true);
    expect(result.capabilities).eql(['shop:order']);
    expect(result).not.have.property('services');
    const [declared, ...standard] = result.errors;
    expect(declared).eql({
      code: 'sold-out',
      declared: true,
      number: 700,
      message: 'There is none left',
      rest: 409,
      jsonrpc: 700,
      xmlrpc: 700,
      soap11: 'Client',
      soap12: 'Sender',
    });
    expect(standard.map(({ code }: { code: string }) => code)).eql(
      faultCodes.filter((code) => code !== 'function-off'),
    );
    expect(standard).deep.include({
      code: 'timeout',
      declared: false,
      rest: 504,
      jsonrpc: -32040,
      xmlrpc: -32040,
      soap11: 'Server',
      soap12: 'Receiver',
    });
    expect(result.addresses).deep.include({
      protocol: 'soap',
      on: true,
      path: '/soap',
      operation: 'shop_order',
      wsdl: '/soap?wsdl',
    });
    expect(result.addresses).deep.include({
      protocol: 'rest',
      on: true,
      path: '/rest/shop.order',
      operation: 'shop.order',
    });
    const greet = (await house.call('console.describe', { name: 'shop.greet' })).result;
    expect(importCatalog(greet.catalog)[0]?.examples).eql([{ params: { name: 'Ana' } }]);
    expect(greet.description).equal('Greets somebody. Then it says no more.\nThis is another line.');
  });

  it('says to administrators which services a function is in', async () => {
    await house.admin('create_service', { name: 'partners', functions: ['shop.*'] });
    const admin = await house.signIn('host', 'administrator');
    const { result } = await house.call('console.describe', { name: 'shop.greet' }, admin);
    expect(result.services).eql(['partners']);
  });

  it('a function that the caller may not call is none', async () => {
    const plain = sessionOf(await house.call('auth.startsession', { username: 'plain', password: 'a-long-password' }));
    for (const name of [
      'shop.order',
      'shop.hidden',
      'shop.inside',
      'admin.list_users',
      'shop.nothing',
      '',
      'constructor',
    ]) {
      const answer = await house.call('console.describe', { name }, plain);
      expect(answer.code, name).equal('unknown-function');
      expect(answer.body, name).include('There is no such function');
    }
  });

  it('lacking nothing but a key is no lack: a page lets people choose one for each call', async () => {
    const desk = (name: string, more: Partial<Parameters<typeof define>[1]>) =>
      define(name, {
        description: 'For programs.',
        effect: 'read',
        access: { client: 'required' },
        returns: t.string(),
        handler: () => 'yes',
        ...more,
      } as never) as AnyFunction;
    const more = [
      desk('desk.key', {}),
      desk('desk.key_and_user', { access: { client: 'required', user: 'required' } }),
      desk('desk.key_and_right', { access: { client: 'required', capabilities: ['desk:use'] } }),
      desk('desk.unlisted', { listed: false }),
    ];
    const other = await openConsole({ settings: { ...on, enabledwsfunctions: ['desk.*'] }, more });
    try {
      const listed = (await other.call('console.functions')).result;
      expect(listed.map(({ name }: Listed) => name)).eql(['desk.key']);
      expect((await other.call('console.describe', { name: 'desk.key' })).code).equal('ok');
      for (const name of ['desk.key_and_user', 'desk.key_and_right', 'desk.unlisted'])
        expect((await other.call('console.describe', { name })).code, name).equal('unknown-function');
      expect((await other.call('desk.key')).code, 'to call it still takes the key').equal('unauthenticated');
    } finally {
      await other.close();
    }
  });

  it('lists are for known callers where documents are', async () => {
    const closed = await openConsole({ kind, settings: { ...on, documents: 'authenticated' } });
    try {
      expect((await closed.call('console.functions')).code).equal('unauthenticated');
      expect((await closed.call('console.describe', { name: 'shop.greet' })).code).equal('unauthenticated');
      expect((await closed.call('console.session')).code).equal('ok');
      const known = await closed.signIn('known');
      expect((await closed.call('console.functions', {}, known)).code).equal('ok');
    } finally {
      await closed.close();
    }
  });
});

describe('the console of many functions', () => {
  it('lists two thousand of them', async () => {
    const more = Array.from({ length: 2_000 }, (_, i) =>
      define(`many.f${i}`, {
        description: 'One of many.',
        effect: 'read',
        access: i % 2 === 0 ? {} : { user: 'required' },
        returns: t.int(),
        handler: () => i,
      }),
    );
    const settings = { ...on, enabledwsfunctions: ['many.*'] };
    const house = await openConsole({ more, settings });
    try {
      const { result } = await house.call('console.functions');
      expect(result).lengthOf(1_000);
      expect((await house.call('console.session')).result.site).include({ database: false, setup: false });
    } finally {
      await house.close();
    }
  });
});
