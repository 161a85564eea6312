import { request as send } from 'node:http';
import { expect } from 'chai';
import type { PartialSettings } from '../../../lib/settings.ts';
import { rejected } from '../../lib/caught.ts';
import { type Asked, future, past, rows, settings, usual, wire } from './explain-rows.ts';
import { type Office, openOffice } from './office.ts';

describe('services/admin/explain', () => {
  let office: Office;
  let port: number;
  const lines: string[] = [];
  const keys = new Map<string, { readonly id: string; readonly secret: string }>();
  const tokens = new Map<string, { readonly id: string; readonly secret: string }>();

  before(async () => {
    office = await openOffice(settings, { write: (line: string) => void lines.push(line) });
    port = (await office.server.listen({ port: 0 })).port;
    await makeKeys();
    await makeUsers();
    await makeTokens();
  });
  after(() => office.server.close(0));

  async function makeKeys(): Promise<void> {
    for (const [name, limits] of [
      ['good', { valid_from: past, valid_until: future, addresses: ['10.0.0.0/8'], per_day: 1_000 }],
      ['revoked', {}],
      ['early', { valid_from: future }],
      ['late', { valid_until: past }],
      ['elsewhere', { addresses: ['192.0.2.1'] }],
      ['soap only', { protocols: ['soap'] }],
      ['other functions', { functions: ['closed.*'] }],
    ] as const) {
      const { key, secret } = await office.admin('create_key', { name, ...limits });
      keys.set(name, { id: key.id, secret });
    }
    await office.admin('revoke_key', { id: keys.get('revoked')?.id });
  }

  async function makeUsers(): Promise<void> {
    const { admin } = office;
    await admin('create_role', { name: 'rest', capabilities: ['webservice:use', 'webservice:rest'] });
    await admin('create_role', { name: 'doer', capabilities: ['thing:do'] });
    for (const username of ['ana', 'ben', 'cleo', 'dan', 'eva']) await admin('create_user', { username, name: 'x' });
    await admin('create_user', { username: 'fay', name: 'x', addresses: ['192.0.2.1'] });
    for (const user of ['ana', 'ben', 'dan', 'eva', 'fay']) await admin('assign_role', { user, role: 'rest' });
    await admin('assign_role', { user: 'ana', role: 'doer', context: '/course/5' });
    const all = { enabled: true, functions: ['open.read'] };
    await admin('create_service', { ...all, name: 'mobile' });
    await admin('create_service', { ...all, name: 'inner', restricted: true });
    await admin('create_service', { ...all, name: 'paid', capability: 'thing:pay' });
    await admin('create_service', { ...all, name: 'closed', enabled: false });
    await admin('add_service_user', { service: 'inner', user: 'ana', valid_until: past });
  }

  async function makeTokens(): Promise<void> {
    const { admin } = office;
    for (const [name, user, limits] of [
      ['ana', 'ana', {}],
      ['ben', 'ben', {}],
      ['cleo', 'cleo', {}],
      ['revoked', 'ana', {}],
      ['late', 'ana', { valid_until: past }],
      ['suspended user', 'dan', {}],
      ['ended user', 'eva', {}],
      ['placed user', 'fay', {}],
      ['in mobile', 'ana', { service: 'mobile' }],
      ['in inner', 'ana', { service: 'inner' }],
      ['in paid', 'ana', { service: 'paid' }],
      ['in closed', 'ana', { service: 'closed' }],
    ] as const) {
      const { token, secret } = await admin('create_token', { user, name, ...limits });
      tokens.set(name, { id: String(token.id), secret });
    }
    await admin('revoke_token', { id: Number(tokens.get('revoked')?.id) });
    await admin('update_user', { username: 'dan', state: 'suspended' });
    await admin('update_user', { username: 'eva', valid_until: past });
  }

  /** Makes the call, and tells the gate that the log has for it. */
  async function gateOf(asked: Asked): Promise<string | undefined> {
    const { path, body } = wire(asked);
    const { host, from, https, origin, method = 'POST', key = '', token = '' } = { ...usual, ...asked };
    const post = method === 'POST';
    const headers = {
      host,
      'x-forwarded-for': from,
      'x-forwarded-proto': https ? 'https' : 'http',
      ...(origin !== undefined && { origin }),
      ...(post && { 'content-type': asked.protocol === 'soap' ? 'text/xml' : 'application/json' }),
      ...(keys.has(key) && { 'x-api-key': keys.get(key)?.secret }),
      ...(tokens.has(token) && { authorization: `Bearer ${tokens.get(token)?.secret}` }),
    };
    lines.length = 0;
    await new Promise((resolve, reject) => {
      const request = send({ port, path, method, headers, agent: false }, (answer) =>
        answer.resume().on('end', resolve),
      );
      request.on('error', reject).end(post ? body : undefined);
    });
    const [line = '{}'] = lines.filter((text) => text.includes('"code"'));
    const { code, gate } = JSON.parse(line) as { readonly code?: string; readonly gate?: string };
    expect(code, 'the call is in the log').be.a('string');
    return code === 'ok' ? undefined : (gate ?? code);
  }

  function asParams(asked: Asked): Record<string, unknown> {
    const { key, token, ...rest } = asked;
    return {
      ...usual,
      ...rest,
      ...(key !== undefined && { key: keys.get(key)?.id }),
      ...(token !== undefined && { token: tokens.get(token)?.id }),
    };
  }

  async function changed<T>(change: PartialSettings, work: () => Promise<T>): Promise<T> {
    const { settings: store } = office.server;
    const { authenticators, addresses, corsOrigins, httpsRequired } = store.current();
    const before = { authenticators, addresses, corsOrigins, httpsRequired };
    await store.update(() => change);
    try {
      return await work();
    } finally {
      await store.update(() => ({ ...before, ...settings }));
    }
  }

  for (const [asked, gate, change = {}] of rows)
    it(`agrees with the gates: ${JSON.stringify(asked)} ${JSON.stringify(change)} is ${gate ?? 'allowed'}`, () =>
      changed(change, async () => {
        expect(await gateOf(asked), 'the real call').equal(gate);
        const explained = await office.admin('explain', asParams(asked));
        expect(explained.gate, 'the explanation').equal(gate);
        expect(explained.allowed).equal(gate === undefined);
        const refusing = explained.gates.filter(({ verdict }: { verdict: string }) => verdict === 'refuse');
        expect(refusing[0]?.gate).equal(gate);
      }));

  it('tells all that would refuse, why, and what the caller would be told', async () => {
    await changed({ enablewebservices: false, addresses: ['192.0.2.0/24'] }, async () => {
      const asked = { key: 'late', token: 'ben', function: 'closed.capable', protocol: 'soap', host: 'other.test' };
      const { gates } = await office.admin('explain', asParams(asked));
      const refusing = gates.filter(({ verdict }: { verdict: string }) => verdict === 'refuse');
      const names = refusing.map(({ gate }: { gate: string }) => gate);
      expect(names).eql(['site', 'host', 'address', 'validity', 'webservice', 'capability']);
      const [site, host, address, validity, webservice, capability] = refusing;
      expect(site.code).equal('service-off');
      expect(host.reason).include('other.test').include('api.test');
      expect(address.reason).include('10.0.0.7').include('192.0.2.0/24');
      expect(validity.reason).include(keys.get('late')?.id).include('until 2026-01-01');
      expect(validity.code).equal('invalid-credentials');
      expect(webservice.reason).include('ben').include('webservice:soap').not.include('webservice:use');
      expect(capability.reason).include('thing:do');
    });
  });

  it('takes the text of a token as well, and a user however known', async () => {
    const asked = { ...asParams({ function: 'closed.capable' }), user: 'Ben' };
    expect(await office.admin('explain', asked)).include({ gate: 'capability' });
    const token = tokens.get('ben')?.secret;
    const { gates, gate } = await office.admin('explain', { ...asParams({ function: 'closed.capable' }), token });
    expect(gate).equal('capability');
    expect(JSON.stringify(gates)).not.include(token);
    expect(await office.admin('explain', { ...asked, user: 'dan' })).include({ gate: 'authenticator:user' });
  });

  it('tells what is wrong with what is asked', async () => {
    const paths = async (params: object) =>
      (await rejected(office.admin('explain', params as never))).issues.map(({ path }) => path);
    expect(await paths({})).eql(['function', 'protocol']);
    expect(await paths({ ...usual, protocol: 'gopher', from: '10.1' })).eql(['protocol', 'from']);
    expect(await paths({ ...usual, key: 'none' })).eql(['key']);
    expect(await paths({ ...usual, token: '4711' })).eql(['token']);
    expect(await paths({ ...usual, token: 'none' })).eql(['token']);
    expect(await paths({ ...usual, user: 'none' })).eql(['user']);
    expect(await paths({ request_id: 'none' })).eql(['request_id']);
  });

  it('says what became of a request that was made', async () => {
    await gateOf({ function: 'closed.capable', token: 'ben' });
    const { requestId } = JSON.parse(lines.at(-1) ?? '{}') as { readonly requestId: string };
    const explained = await recorded(requestId);
    expect(explained).include({ allowed: false, gate: 'capability' });
    const [{ record, meaning }] = explained.records;
    expect(record).include({ function: 'closed.capable', protocol: 'rest', user: 'ben', code: 'forbidden' });
    expect(record).include({ request_id: requestId, address: '10.0.0.7' });
    expect(meaning).equal('The caller lacks a capability that the function wants.');
  });

  /** Records are written a moment later. */
  async function recorded(requestId: string) {
    for (let tries = 0; ; tries++) {
      try {
        return await office.admin('explain', { request_id: requestId });
      } catch (reason) {
        if (tries === 40) throw reason;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
});
