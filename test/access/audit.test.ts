import { expect } from 'chai';
import { hashOf } from '../../lib/auth/secret.ts';
import { overDatabases } from './databases.ts';
import { callBySoap, usernameToken } from './foreign-credentials.ts';
import { dialects, type House, openHouse, protocolOf } from './house.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

interface Noted {
  readonly request_id: string;
  readonly function: string;
  readonly protocol: string;
  readonly client?: string;
  readonly user?: string;
  readonly address: string;
  readonly code: string;
  readonly gate?: string;
  readonly duration: number;
}

interface Login {
  readonly kind: string;
  readonly actor?: string;
  readonly request_id?: string;
}

overDatabases('the audit', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // it has been idle for a moment
  });
  after(() => house.close());

  /** Records of calls, once there are as many as are wanted. */
  async function records(filter: object, least: number): Promise<readonly Noted[]> {
    for (let i = 0; ; i++) {
      const found = await house.admin<readonly Noted[]>('audit', filter);
      if (found.length >= least || i === 40) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  for (const dialect of dialects) {
    it(`notes who called what over ${dialect}, and how it ended`, async () => {
      const { key, secret } = await house.admin<Made>('create_key', { name: 'Robot', functions: ['test.client'] });
      const headers = { 'X-API-Key': secret };
      const marker = 'MARKER-argument';
      await house.call(dialect, 'test.client', { text: marker }, headers);
      await house.call(dialect, 'test.heavy', { text: marker }, headers);
      const noted = await records({ client: key.id }, 2);
      const told = noted.map(({ function: name, protocol, code, gate, address }) => ({
        name,
        protocol,
        code,
        gate,
        address,
      }));
      const protocol = protocolOf(dialect);
      expect(told).deep.members([
        { name: 'test.client', protocol, code: 'ok', gate: undefined, address: '127.0.0.1' },
        { name: 'test.heavy', protocol, code: 'forbidden', gate: 'credential-function', address: '127.0.0.1' },
      ]);
      expect(JSON.stringify(noted)).not.include('MARKER').and.not.include(secret);
    });
  }

  it('explains a refusal by its request id', async () => {
    const refused = await house.call('rest', 'test.off', { text: 'x' });
    const requestId = refused.headers.get('x-request-id') ?? '';
    await records({ request_id: requestId }, 1);
    const explained = await house.admin('explain', { request_id: requestId });
    expect(JSON.stringify(explained)).include('function-off').and.include('test.off');
  });

  it('notes with a login, and with one that failed, which request it came by', async () => {
    const username = 'requested';
    await house.admin('create_user', { username, name: 'R', password: 'right-password' });
    const basic = (password: string) => ({
      Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    });
    const authenticators = [{ name: 'basic', importance: 'sufficient' }];
    await house.admin('update_settings', { changes: { authenticators } });
    const sent = [];
    for (const password of ['right-password', 'wrong']) {
      sent.push(await house.call('rest', 'auth.gettoken', { username, password }));
      sent.push(await house.call('rest', 'auth.whoami', {}, basic(password)));
      sent.push(await house.call('rest', 'auth.startsession', { username, password }));
    }
    await house.admin('update_settings', { changes: { authenticators: null } });
    const wanted = sent.map(({ headers }) => headers.get('x-request-id'));
    let noted: readonly (string | undefined)[] = [];
    for (let i = 0; i < 40 && noted.length < wanted.length; i++) {
      const events = await house.admin<readonly Login[]>('events', { limit: 100 });
      const own = events.filter(({ kind, actor }) => kind.startsWith('login') && actor === username);
      noted = own.map((event) => event.request_id);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(noted).members(wanted);
  });

  it('notes a wrong digest of WS-Security', async () => {
    const username = 'digested';
    await house.admin('create_user', { username, name: 'D', password: 'right-password' });
    const { headers } = await callBySoap(house, 'soap', usernameToken(username, 'wrong', 'digest'));
    const wanted = { kind: 'login-failed', actor: username, request_id: headers.get('x-request-id') };
    let noted: readonly Login[] = [];
    for (let i = 0; i < 40 && noted.length === 0; i++) {
      const events = await house.admin<readonly Login[]>('events', { kind: 'login-failed' });
      noted = events.filter(({ actor }) => actor === username);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(noted).length(1);
    expect(noted[0]).include(wanted);
  });

  it('notes events of credentials, switches and logins, and no secret', async () => {
    const username = 'audited';
    await house.admin('create_user', { username, name: 'A', password: 'right-password' });
    const { key, secret } = await house.admin<Made>('create_key', { name: 'Robot' });
    await house.admin('revoke_key', { id: key.id });
    await house.call('rest', 'auth.gettoken', { username, password: 'right-password' });
    await house.call('rest', 'auth.gettoken', { username, password: 'wrong' });
    await house.call('rest', 'auth.gettoken', { username: 'a-secret-in-the-wrong-field', password: 'x' });
    await house.admin('update_settings', { changes: { limits: { batch: 49 } } });
    const wanted = [
      'user-created',
      'key-created',
      'key-revoked',
      'login',
      'login-failed',
      'token-created',
      'setting-changed',
    ];
    let text = '';
    let kinds: string[] = [];
    for (let i = 0; i < 40 && !wanted.every((kind) => kinds.includes(kind)); i++) {
      const events = await house.admin<readonly { readonly kind: string }[]>('events', { limit: 100 });
      kinds = events.map((event) => event.kind);
      text = JSON.stringify(events);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(kinds).include.members(wanted);
    for (const hidden of [secret, 'right-password', 'a-secret-in-the-wrong-field']) expect(text).not.include(hidden);
    expect(text).not.include(hashOf('a-secret-in-the-wrong-field').slice(0, 16), 'what a word list finds');
  });
});
