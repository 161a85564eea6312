import { expect } from 'chai';
import {
  ClientError,
  type ClientOptions,
  type ClientProtocol,
  createClient,
  isError,
  TransportError,
} from '../../../client/typed/index.ts';
import { faultCodes, type Server } from '../../../index.ts';
import { exportCatalog } from '../../../lib/exported/export.ts';
import { listeningServer } from '../../conformance/run.ts';
import * as functions from './shop.ts';

const { protocols, shop } = functions;

/** What a promise is rejected with; fails if it is not. */
async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => expect.fail(`it came to ${String(value)}`),
    (reason: unknown) => reason,
  );
}

describe('the typed client', () => {
  let server: Server;
  let url = '';
  let asked: string[] = [];
  before(async () => {
    ({ server, url } = await listeningServer(shop));
  });
  after(() => server.close(0));
  beforeEach(() => {
    asked = [];
  });

  /** Notes the paths that are asked for. */
  const noted: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(String(input));
    asked.push(`${init?.method} ${pathname}${search}`);
    return fetch(input, init);
  };
  const clientOf = (protocol: ClientProtocol, options: Partial<ClientOptions> = {}) =>
    createClient<typeof shop>({ url, protocol, fetch: noted, ...options });

  for (const protocol of protocols) {
    describe(`over ${protocol}`, () => {
      it('calls by whole names and word by word; what has a default may be left out, deep inside too', async () => {
        const client = clientOf(protocol);
        const item = await client.shop.items.find({ id: 1n, wish: { word: 'red' } });
        expect(item).to.deep.include({ id: 1n, note: 'red 3', price: '12.50' });
        expect(await client['shop.items.find']({ id: 1n, wish: { word: 'red' } })).to.deep.equal(item);
        expect(await client['shop.items.find']({ id: 1n, wish: undefined as never, open: true })).not.to.have.property(
          'note',
        );
        expect(await client.shop.put({ what: 'x' })).to.equal(undefined);
      });

      it('throws declared errors with their data', async () => {
        const client = clientOf(protocol);
        const error = await failure(client.shop.items.find({ id: -5n }));
        if (!client.isError(error, 'no-item')) throw error;
        expect(error).to.include({ message: 'There is none', function: 'shop.items.find' });
        expect(error.requestId).to.match(/^[0-9a-f]+-/);
        const data = { id: -5n, since: new Date('2020-02-29T12:00:00Z') };
        expect(error.data).to.deep.equal(protocol === 'xmlrpc' ? undefined : data);
        expect(error.status).to.equal({ jsonrpc: 200, rest: 404, soap: 500, xmlrpc: 200 }[protocol]);
        const closed = await failure(client.shop.items.find({ id: 1n, open: false }));
        expect(client.isError(closed, 'closed') && !client.isError(closed, 'no-item')).to.equal(true);
      });

      it('throws every standard error', async () => {
        const client = clientOf(protocol);
        // Node's fetch answers 421 by sending again, which some versions do without the body
        for (const code of faultCodes.filter((one) => one !== 'function-off' && one !== 'misdirected')) {
          const error = await failure(client.shop.fail({ code }));
          if (!isError(error)) throw new Error(code, { cause: error });
          expect(error.code).to.equal(code);
          expect(error.data).to.equal(undefined);
        }
      });

      it('says what is wrong with parameters before it sends them', async () => {
        const error = await failure(
          clientOf(protocol).shop.items.find({ id: 5 as never, wish: { most: 'x' } as never, more: 1 } as never),
        );
        expect(error)
          .to.be.instanceOf(ClientError)
          .and.include({ code: 'invalid-params', status: undefined, requestId: undefined });
        const paths = (error as ClientError).issues.map(({ path, code }) => `${path} ${code}`);
        expect(paths).to.deep.equal(['id type', 'wish/word required', 'wish/most type', 'more unknown']);
        expect(asked.filter((one) => one.startsWith('POST'))).to.deep.equal([]);
      });

      it('passes on what the server refuses in them', async () => {
        const catalog = JSON.parse(
          JSON.stringify(exportCatalog(shop)).replace('"max":2000000', '"max":3000000'),
        ) as object;
        const client = clientOf(protocol, { catalog });
        await server.settings.update((settings) => ({ limits: { ...settings.limits, body: 8_000_000 } }));
        const error = await failure(client.echo({ text: 'x'.repeat(2_000_001) }));
        if (!isError(error, 'invalid-params')) throw error;
        expect(error.requestId).not.to.equal(undefined);
        if (protocol === 'xmlrpc') expect(error.message).to.contain('text: must have at most 2000000 characters');
        else expect(error.issues).to.have.nested.property('0.path', 'text');
      });

      it('fetches the description of a function when it is first called, and once', async () => {
        const client = clientOf(protocol);
        expect(asked).to.deep.equal([]);
        await client.shop.items.find({ id: 1n });
        await Promise.all([
          client.shop.items.find({ id: 1n }),
          client.echo({ text: 'a' }),
          client.shop.put({ what: 'b' }),
        ]);
        expect(asked.filter((one) => one.startsWith('GET'))).to.deep.equal([
          'GET /catalog.json?function=shop.items.find',
          'GET /catalog.json?function=echo&function=shop.put',
        ]);
      });

      it('takes functions and exports in place of the catalog', async () => {
        for (const catalog of [functions, shop, { ...shop }, exportCatalog(shop), { a: shop }]) {
          expect(await clientOf(protocol, { catalog }).echo({ text: 'é<&' })).to.equal('é<&');
        }
        expect(asked.length).to.equal(5);
        expect(asked.some((one) => one.startsWith('GET'))).to.equal(false);
      });

      it('knows no function that is not in the catalog, unless it is given', async () => {
        const error = await failure(clientOf(protocol).shop.hidden());
        expect(error).to.include({ name: 'ClientError', code: 'unknown-function', function: 'shop.hidden' });
        expect(await clientOf(protocol, { catalog: shop }).shop.hidden()).to.equal('found');
        const given = await failure(
          (clientOf(protocol, { catalog: shop }) as never as Record<string, () => Promise<never>>)['a.b']!(),
        );
        expect(given).to.include({ code: 'unknown-function' });
      });

      it('stops when it is told to, with the reason', async () => {
        const client = clientOf(protocol);
        const controller = new AbortController();
        const call = client.shop.slow({}, { signal: controller.signal });
        setTimeout(() => controller.abort(new Error('enough')), 50);
        expect(await failure(call)).to.have.property('message', 'enough');
        expect(await failure(client.shop.slow({}, { signal: AbortSignal.abort() }))).to.have.property(
          'name',
          'AbortError',
        );
      });

      it('gives up when the time is over', async () => {
        const error = await failure(clientOf(protocol, { timeout: 60_000 }).shop.slow({}, { timeout: 60 }));
        expect(error).to.be.instanceOf(TransportError).and.include({ reason: 'timeout' });
        expect(await failure(clientOf(protocol, { timeout: 60 }).shop.slow())).to.include({ reason: 'timeout' });
      });
    });
  }

  it('finds the site below a path, and speaks SOAP in the namespace that the catalog names', async () => {
    const seen: string[] = [];
    const relay: typeof fetch = (input, init) => {
      const { pathname, search } = new URL(String(input));
      seen.push(pathname);
      return fetch(`${url}${pathname.slice('/below'.length)}${search}`, init);
    };
    await server.settings.update(() => ({ namespace: 'urn:other' }));
    try {
      const client = createClient<typeof shop>({ url: `${url}/below/?x#y`, protocol: 'soap', fetch: relay });
      expect(await client.echo({ text: 'a' })).to.equal('a');
      expect(seen).to.deep.equal(['/below/catalog.json', '/below/soap']);
      const wrong = clientOf('soap', { catalog: shop });
      expect(await failure(wrong.echo({ text: 'a' }))).to.have.property('code');
      expect(await clientOf('soap', { catalog: shop, namespace: 'urn:other' }).echo({ text: 'a' })).to.equal('a');
    } finally {
      await server.settings.update(() => ({ namespace: 'urn:polywire' }));
    }
  });

  it('refuses protocols and addresses that there are not', () => {
    expect(() => createClient({ url, protocol: 'constructor' as never })).to.throw(
      TypeError,
      'no protocol constructor',
    );
    expect(() => createClient({ url: '/api', protocol: 'rest' })).to.throw(TypeError);
  });

  it('is no promise, and may be awaited and shown all the same', async () => {
    const client = clientOf('jsonrpc');
    expect(await client).to.equal(client);
    expect(await client.shop).to.equal(client.shop);
    expect(String(Object.keys(client))).to.contain('batch');
    expect(asked).to.deep.equal([]);
  });

  it('says why the catalog is refused', async () => {
    await server.settings.update(() => ({ documents: 'authenticated' }));
    try {
      const error = await failure(clientOf('rest').echo({ text: 'a' }));
      expect(error).to.include({ name: 'ClientError', code: 'unauthenticated', status: 401, function: 'echo' });
    } finally {
      await server.settings.update(() => ({ documents: 'public' }));
    }
    const client = clientOf('rest');
    await server.settings.update(() => ({ enabledwsprotocols: [] }));
    expect(await failure(client.echo({ text: 'a' }))).to.include({ code: 'protocol-off' });
    await server.settings.update(() => ({ enabledwsprotocols: ['rest', 'jsonrpc', 'soap', 'xmlrpc'] }));
    expect(await client.echo({ text: 'asked for again' })).to.equal('asked for again');
  });
});
