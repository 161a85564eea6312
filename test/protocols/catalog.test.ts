import { expect } from 'chai';
import type { PartialSettings, Server } from '../../index.ts';
import { exportCatalog } from '../../lib/exported/export.ts';
import { narrowed } from '../../lib/exported/narrow.ts';
import { documented, documentedServer } from './documented.ts';

describe('the catalog of a site', () => {
  let server: Server;
  let url = '';
  before(async () => {
    server = await documentedServer();
    ({ url } = await server.listen({ port: 0 }));
  });
  after(() => server.close(0));

  const shown = exportCatalog(
    documented.filter(({ name }) => !/hidden|off/.test(name)),
    { namespace: 'urn:polywire', protocols: ['rest', 'jsonrpc'] },
  );
  const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('has what is listed and on, and what a client must know of the site', async () => {
    const response = await fetch(`${url}/catalog.json`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).to.equal('private');
    expect(await response.json()).to.deep.equal(json(shown));
  });

  it('is narrowed to the functions that are asked for; what is not shown is not there', async () => {
    const names = ['shop.find', 'test.echo', 'shop.hidden', 'shop.off', 'no.such'];
    const query = names.map((name) => `function=${name}`).join('&');
    const part = (await (await fetch(`${url}/catalog.json?${query}`)).json()) as object;
    expect(part).to.deep.equal(json(narrowed(shown, names)));
    expect(part).to.have.property('functions').with.length(2);
  });

  it('follows the switches', async () => {
    await server.settings.update(() => ({ enabledwsfunctions: ['shop.clear'] }));
    const narrow = (await (await fetch(`${url}/catalog.json`)).json()) as object;
    await server.settings.update(() => ({ enabledwsfunctions: documented.map(({ name }) => name) }));
    const wide = (await (await fetch(`${url}/catalog.json?function=shop.off`)).json()) as object;
    expect(narrow).to.deep.include({ types: {} }).and.have.property('functions').with.length(1);
    expect(wide).to.have.property('functions').with.length(1);
  });

  it('answers GET and HEAD only', async () => {
    const head = await fetch(`${url}/catalog.json`, { method: 'HEAD' });
    expect([head.status, await head.text()]).to.deep.equal([200, '']);
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}/catalog.json`, { method: 'POST', headers, body: '{}' });
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
    expect(await response.json()).to.have.nested.property('error.code', 'method-not-allowed');
  });

  /** The site's settings, and how the catalog is refused there. */
  const refusals: readonly [why: string, PartialSettings, status: number, code: string, headers?: object][] = [
    ['the site is off', { enablewebservices: false }, 403, 'service-off'],
    ['no protocol is on', { enabledwsprotocols: [] }, 403, 'protocol-off'],
    ['documents are for known callers', { documents: 'authenticated' }, 401, 'unauthenticated'],
    ['a page of another site asks', {}, 403, 'origin-refused', { Origin: 'https://evil.example' }],
    ['the address is not allowed', { addresses: ['10.0.0.0/8'] }, 403, 'address-refused'],
  ];
  for (const [why, settings, status, code, headers = {}] of refusals) {
    it(`is refused where ${why}`, async () => {
      const other = await documentedServer(settings);
      try {
        const address = await other.listen({ port: 0 });
        const response = await fetch(`${address.url}/catalog.json`, { headers: { ...headers } });
        expect(response.status).to.equal(status);
        expect(await response.json()).to.have.nested.property('error.code', code);
      } finally {
        await other.close(0);
      }
    });
  }

  it('is there whichever protocol is on', async () => {
    const other = await documentedServer({ enabledwsprotocols: ['soap'], namespace: 'urn:shop' });
    try {
      const address = await other.listen({ port: 0 });
      const catalog = (await (await fetch(`${address.url}/catalog.json`)).json()) as object;
      expect(catalog).to.deep.include({ site: { namespace: 'urn:shop', protocols: ['soap'] } });
    } finally {
      await other.close(0);
    }
  });
});
