import { expect } from 'chai';
import { type ClientOptions, type ClientProtocol, createClient } from '../../../client/typed/index.ts';
import { functions, type House, openHouse } from '../../access/house.ts';
import { protocols } from './shop.ts';

describe('credentials of the typed client', () => {
  let house: House;
  let key = '';
  let count = 0;
  before(async () => {
    house = await openHouse({ kind: 'sqlite' });
    ({ secret: key } = await house.admin<{ readonly secret: string }>('create_key', { name: 'App' }));
  });
  after(() => house.close());

  const clientOf = (protocol: ClientProtocol, options: Partial<ClientOptions> = {}) =>
    createClient<typeof functions>({ url: house.url, protocol, catalog: functions, ...options });
  /** A user of their own with a token. */
  const token = async (more: object = {}): Promise<string> => {
    const username = `ana${++count}`;
    await house.admin('create_user', { username, name: 'Ana' });
    await house.admin('assign_role', { user: username, role: 'caller' });
    return (await house.admin<{ readonly secret: string }>('create_token', { user: username, name: 'phone', ...more }))
      .secret;
  };

  for (const protocol of protocols) {
    it(`proves over ${protocol} who calls: keys, tokens, headers`, async () => {
      expect(await clientOf(protocol, { key }).test.client({ text: 'a' })).to.equal('a App');
      const known = clientOf(protocol, { token: await token() });
      expect(await known.test.user({ text: 'a' })).to.match(/^a ana/);
      const headers = () => ({ 'X-API-Key': key });
      expect(await clientOf(protocol, { headers }).test.client({ text: 'b' })).to.equal('b App');
      const once = clientOf(protocol).test.client({ text: 'c' }, { headers: { 'X-API-Key': key } });
      expect(await once).to.equal('c App');
    });

    it(`is told over ${protocol} that it is nobody, or somebody wrong`, async () => {
      const codeOf = (options: Partial<ClientOptions>) =>
        clientOf(protocol, options)
          .test.user({ text: 'a' })
          .catch(({ code }: { readonly code: string }) => code);
      expect(await codeOf({})).to.equal('unauthenticated');
      expect(await codeOf({ token: 'pwt_nobody' })).to.equal('invalid-credentials');
    });

    it(`goes on over ${protocol} with a token that has been renewed`, async () => {
      const first = await token({ renewing: true });
      const renewed: string[] = [];
      const client = clientOf(protocol, { token: first, onToken: (fresh) => renewed.push(fresh) });
      for (const text of ['a', 'b']) expect(await client.test.user({ text })).to.match(/^[ab] ana/);
      expect(renewed.length).to.be.above(0);
      expect(renewed).not.to.include(first);
      expect(await clientOf(protocol, { token: renewed.at(-1) as string }).test.user({ text: 'c' })).to.match(/^c ana/);
    });
  }

  it('sends its credentials for the catalog too', async () => {
    await house.server.settings.update(() => ({ documents: 'authenticated' }));
    const client = clientOf('rest', { catalog: undefined as never, key });
    expect(await client.test.client({ text: 'a' })).to.equal('a App');
    await house.server.settings.update(() => ({ documents: 'public' }));
  });
});
