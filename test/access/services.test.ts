import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { dialects, type House, openHouse } from './house.ts';

let count = 0;

overDatabases('services', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
  });
  after(() => house.close());

  async function service(more: object = {}) {
    const name = `service${++count}`;
    const functions = ['test.user', 'test.open'];
    await house.admin('create_service', { name, description: 'Some functions', enabled: true, functions, ...more });
    return name;
  }

  async function user(more: object = {}) {
    const username = `member${++count}`;
    await house.admin('create_user', { username, name: 'A Member', password: 'right-password' });
    await house.admin('assign_role', { user: username, role: 'caller' });
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', {
      user: username,
      name: 'test',
      ...more,
    });
    return { username, headers: { Authorization: `Bearer ${secret}` } };
  }

  for (const dialect of dialects) {
    it(`bound a token to their functions over ${dialect}`, async () => {
      const { headers } = await user({ service: await service() });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('ok');
      expect((await house.call(dialect, 'test.course', { course: 1 }, headers)).code).equal('unknown-function');
    });

    it(`close over ${dialect} when they are switched off`, async () => {
      const name = await service();
      const { headers } = await user({ service: name });
      await house.admin('update_service', { name, enabled: false });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('unknown-function');
      await house.admin('update_service', { name, enabled: true });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('ok');
    });

    it(`let only their users in over ${dialect} where they are restricted`, async () => {
      const name = await service({ restricted: true });
      const { username, headers } = await user({ service: name });
      const code = async () => (await house.call(dialect, 'test.user', { text: 'x' }, headers)).code;
      expect(await code()).equal('forbidden');
      await house.admin('add_service_user', { service: name, user: username });
      expect(await code()).equal('ok');
      await house.admin('add_service_user', { service: name, user: username, addresses: ['10.0.0.0/8'] });
      expect(await code()).equal('forbidden');
      await house.admin('add_service_user', { service: name, user: username, valid_until: new Date(Date.now() - 1) });
      expect(await code()).equal('forbidden');
      await house.admin('add_service_user', {
        service: name,
        user: username,
        addresses: ['127.0.0.1'],
        valid_until: new Date(Date.now() + 60_000),
      });
      expect(await code()).equal('ok');
      await house.admin('remove_service_user', { service: name, user: username });
      expect(await code()).equal('forbidden');
    });

    it(`ask for a capability of their own over ${dialect}`, async () => {
      const { username, headers } = await user({ service: await service({ capability: 'mobile:use' }) });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('forbidden');
      const role = `mobile-${++count}`;
      await house.admin('create_role', { name: role, description: 'x', capabilities: ['mobile:use'] });
      await house.admin('assign_role', { user: username, role });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('ok');
    });
  }

  it('have a SOAP address and a WSDL of their own', async () => {
    const name = await service();
    const wsdl = await (await fetch(`${house.url}/soap/${name}?wsdl`)).text();
    expect(wsdl).include('test_user').and.include('test_open').and.not.include('test_client');
    expect(wsdl).include(`/soap/${name}"`);
    const open = await house.call('soap', 'test.open', { text: 'x' }, {}, `/soap/${name}`);
    expect(open.code, open.text).equal('ok');
    const other = await house.call('soap', 'test.client', { text: 'x' }, {}, `/soap/${name}`);
    expect(other.code).equal('unknown-function');
    const nowhere = await house.call('soap', 'test.open', { text: 'x' }, {}, '/soap/no-such-service');
    expect(nowhere.code).equal('unknown-function');
  });

  it('narrow what a token sees in lists', async () => {
    const { headers } = await user({ service: await service() });
    const listed = async (more: Record<string, string>) => {
      const body = '<?xml version="1.0"?><methodCall><methodName>system.listMethods</methodName></methodCall>';
      const request = { method: 'POST', body, headers: { 'Content-Type': 'text/xml', ...more } };
      return (await fetch(`${house.url}/xmlrpc`, request)).text();
    };
    expect(await listed({})).include('test.client');
    expect(await listed(headers))
      .include('test.user')
      .and.not.include('test.client');
  });
});

overDatabases('documents for known callers', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind, settings: { documents: 'authenticated' } });
  });
  after(() => house.close());

  it('are refused to strangers and shown to callers', async () => {
    const stranger = await fetch(`${house.url}/soap?wsdl`);
    expect(stranger.status).equal(401);
    expect(stranger.headers.get('www-authenticate')).match(/^Bearer/);
    expect((await fetch(`${house.url}/soap?xsd`)).status).equal(401);
    const wrong = await fetch(`${house.url}/soap?wsdl`, { headers: { 'X-API-Key': 'a.b' } });
    expect(wrong.status).equal(401);
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Reader' });
    const known = await fetch(`${house.url}/soap?wsdl`, { headers: { 'X-API-Key': secret } });
    expect(known.status).equal(200);
    expect(await known.text()).include('test_open');
    const schema = await fetch(`${house.url}/soap?xsd`, { headers: { 'X-API-Key': secret } });
    expect(await schema.text()).include('<xsd:element name="test_open">');
  });
});
