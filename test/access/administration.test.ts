import { expect } from 'chai';
import type { Dialect } from '../../client/index.ts';
import { overDatabases } from './databases.ts';
import { dialects, type House, openHouse, protocolOf } from './house.ts';

type Headers = Readonly<Record<string, string>>;

let count = 0;

/** What an administrator does by `admin.*` with a credential of a user, from outside. */
overDatabases('administration from outside', (kind) => {
  let house: House;
  let operator: Headers;
  let other: Headers;
  let somebody: string;
  before(async () => {
    house = await openHouse({ kind });
    await house.admin('enable', { kind: 'function', names: administration() });
    operator = await caller(['administrator']);
    other = await caller(['caller']);
    somebody = `office${count}`;
  });
  after(() => house.close());

  /** All functions of administration that may be called from outside. */
  const administration = () =>
    house.server.catalog.functions.flatMap(({ name, internal }) =>
      name.startsWith('admin.') && !internal ? [name] : [],
    );

  async function caller(roles: readonly string[]): Promise<Headers> {
    const username = `office${++count}`;
    await house.admin('create_user', { username, name: 'Somebody' });
    for (const role of roles) await house.admin('assign_role', { user: username, role });
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', { user: username, name: 'test' });
    return { Authorization: `Bearer ${secret}` };
  }

  async function ask<T>(dialect: Dialect, name: string, params: object): Promise<T> {
    const ending = await house.call(dialect, `admin.${name}`, params, operator);
    expect(ending.code, `${dialect} ${name}: ${ending.text}`).equal('ok');
    return ending.value as T;
  }

  const code = async (dialect: Dialect, name: string, headers: Headers = {}) =>
    (await house.call(dialect, name, { text: 'x' }, headers)).code;

  for (const dialect of dialects) {
    it(`throws each switch over ${dialect}, and it is so at once`, async () => {
      const own = protocolOf(dialect);
      const [seen = 'rest'] = ['rest', 'soap'].filter((name) => name !== own) as Dialect[];
      await ask(dialect, 'disable', { kind: 'protocol', names: [seen] });
      expect(await code(seen, 'test.open')).equal('protocol-off');
      await ask(dialect, 'enable', { kind: 'protocol', names: [seen] });
      expect(await code(seen, 'test.open')).equal('ok');
      await ask(dialect, 'disable', { kind: 'function', names: ['test.open'] });
      expect(await code(seen, 'test.open')).equal('unknown-function');
      await ask(dialect, 'enable', { kind: 'function', names: ['test.open'] });
      expect(await code(seen, 'test.open')).equal('ok');
      await ask(dialect, 'disable', { kind: 'site' });
      expect(await code(seen, 'test.open')).equal('service-off');
      expect((await house.call(dialect, 'admin.enable', { kind: 'site' }, operator)).code).equal('service-off');
      await house.admin('enable', { kind: 'site' });
    });

    it(`changes every sort of setting over ${dialect}, all or nothing`, async () => {
      const changes = {
        httpsRequired: false,
        allowedHosts: ['api.example.org'],
        addresses: ['127.0.0.0/8'],
        trustedProxies: ['192.0.2.1'],
        corsOrigins: ['https://page.example.org'],
        documents: 'authenticated',
        authenticators: [{ name: 'token', importance: 'required' }],
        limits: { batch: 7 },
      };
      await ask(dialect, 'update_settings', { changes });
      const { settings, changed } = await ask<{ readonly settings: object; readonly changed: readonly string[] }>(
        dialect,
        'settings',
        {},
      );
      expect(settings).deep.include({ ...changes, limits: { ...house.server.settings.current().limits, batch: 7 } });
      expect(changed).include.members(['httpsRequired', 'documents', 'authenticators', 'limits/batch']);
      expect(await code(dialect, 'test.open')).equal('unauthenticated');
      const wrong = { documents: 'public', addresses: ['10.1'] };
      const refused = await house.call(dialect, 'admin.update_settings', { changes: wrong }, operator);
      expect(refused.code).equal('invalid-params');
      expect(refused.text).include('changes/addresses/0');
      expect(house.server.settings.current().documents).equal('authenticated');
      const nulls = Object.fromEntries(Object.keys(changes).map((name) => [name, null]));
      await ask(dialect, 'update_settings', { changes: nulls });
      expect(await code(dialect, 'test.open')).equal('ok');
    });

    it(`makes and ends keys, users, roles and services over ${dialect}`, async () => {
      const name = `made-${++count}`;
      await ask(dialect, 'create_role', { name, description: 'x', capabilities: ['course:view'] });
      await ask(dialect, 'create_user', { username: name, name: 'Made', password: 'a-long-password' });
      for (const role of ['caller', name]) await ask(dialect, 'assign_role', { user: name, role, context: '/' });
      await ask(dialect, 'create_service', { name, description: 'x', enabled: true, functions: ['test.course'] });
      const token = await ask<{ readonly token: { readonly id: number }; readonly secret: string }>(
        dialect,
        'create_token',
        { user: name, name, service: name },
      );
      const until = new Date(2_000_000_000_000); // whole seconds: XML-RPC has no others
      const limits = { protocols: [protocolOf(dialect)], addresses: ['127.0.0.1'], per_day: 9, valid_until: until };
      const made = await ask<{ readonly key: { readonly id: string }; readonly secret: string }>(
        dialect,
        'create_key',
        {
          name,
          ...limits,
        },
      );
      const both = { Authorization: `Bearer ${token.secret}`, 'X-API-Key': made.secret };
      const view = async () => (await house.call(dialect, 'test.course', { course: 1 }, both)).code;
      expect(await view()).equal('ok');
      expect(await code(dialect, 'test.user', both), 'outside of the service').equal('unknown-function');
      const held = await ask<object>(dialect, 'show_role', { name });
      expect(held).deep.include({ users: [{ user: name, context: '/' }] });
      const { id } = token.token;
      await ask(dialect, 'update_token', { id, addresses: ['192.0.2.1'], valid_until: until });
      expect(await view(), 'from elsewhere').equal('invalid-credentials');
      expect(await ask<object>(dialect, 'show_token', { id })).deep.include({
        user: name,
        service: name,
        addresses: ['192.0.2.1'],
        valid_until: until,
      });
      await ask(dialect, 'update_token', { id, addresses: [] });
      expect(await view()).equal('ok');
      await ask(dialect, 'unassign_role', { user: name, role: name, context: '/' });
      expect(await view()).equal('forbidden');
      await ask(dialect, 'revoke_key', { id: made.key.id });
      expect(await view()).equal('invalid-credentials');
      const shown = await ask<object>(dialect, 'show_key', { id: made.key.id });
      expect(shown).deep.include({ ...limits, name });
      expect(JSON.stringify(shown)).not.include(made.secret.split('.')[1]);
    });

    it(`wants a user with the capability over ${dialect}, and nobody else`, async () => {
      const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Robot' });
      for (const name of ['admin.create_key', 'admin.disable', 'admin.settings', 'admin.list_users', 'admin.explain']) {
        expect(await code(dialect, name), name).equal('unauthenticated');
        expect(await code(dialect, name, { 'X-API-Key': secret }), `${name} by a program`).equal('unauthenticated');
        expect(await code(dialect, name, other), `${name} by somebody`).equal('forbidden');
      }
      const keeper = await caller(['caller']);
      await house.admin('create_role', { name: `keys-${++count}`, description: 'x', capabilities: ['admin:keys'] });
      await house.admin('assign_role', { user: `office${count - 1}`, role: `keys-${count}` });
      expect((await house.call(dialect, 'admin.list_keys', {}, keeper)).code).equal('ok');
      expect((await house.call(dialect, 'admin.list_users', {}, keeper)).code).equal('forbidden');
    });

    it(`explains over ${dialect} what each gate would say`, async () => {
      const params = { function: 'test.course', protocol: 'soap', user: somebody, from: '127.0.0.1' };
      const told = await ask<{ readonly gates: readonly { gate: string; verdict: string; reason: string }[] }>(
        dialect,
        'explain',
        params,
      );
      expect(told.gates.filter(({ verdict }) => verdict === 'refuse').map(({ gate }) => gate)).deep.equal([
        'capability',
      ]);
      expect(JSON.stringify(told)).include('course:view');
    });
  }

  it('is never by GET, whatever else the request says', async () => {
    for (const name of administration()) {
      for (const method of ['GET', 'HEAD']) {
        const headers = { ...operator, 'X-HTTP-Method-Override': 'POST', 'Content-Type': 'application/json' };
        const answer = await fetch(`${house.url}/rest/${name}`, { method, headers });
        expect(answer.status, `${method} ${name}`).equal(405);
      }
    }
  });

  it('is matched by no glob', async () => {
    const before = house.server.settings.current().enabledwsfunctions;
    await house.admin('update_settings', { changes: { enabledwsfunctions: ['*', '*.*', 'adm*', 'a*.list_users'] } });
    try {
      for (const dialect of dialects) {
        expect((await house.call(dialect, 'admin.list_users', {}, operator)).code, dialect).equal('unknown-function');
        expect((await house.call(dialect, 'auth.whoami', {}, operator)).code, dialect).equal('unknown-function');
        expect(await code(dialect, 'test.open'), dialect).equal('ok');
      }
    } finally {
      await house.admin('update_settings', { changes: { enabledwsfunctions: before } });
    }
  });
});
