import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import type { Browser } from 'playwright-core';
import { createServer, type Server } from '../../index.ts';
import { type Bundle, bundle } from '../client/bundle.ts';
import { protocols, shop } from '../client/typed/shop.ts';
import { launch, Visitor } from './visitor.ts';

/** What a page does with the client: one call, a declared error, and several calls at once. */
const script = `
import { createClient, ClientError } from './out/client.js';
const asked = new URL(location).searchParams;
async function tried(work) {
  try { return String(await work()); } catch (error) {
    return error instanceof ClientError ? error.code + ' ' + error.data?.id : 'another error: ' + error;
  }
}
async function all() {
  const client = createClient({ url: location.origin, protocol: asked.get('protocol') });
  const { id, price, since, seal, tags } = await client.shop.items.find({ id: 2n ** 62n });
  const ends = await client.batch((calls) => [
    calls.shop.items.find({ id: 5n }),
    calls.shop.items.find({ id: -5n }),
    calls.shop.items.find({ id: 6n, wish: { word: 'red' } }),
  ]);
  return {
    item: [id, price, since.toISOString(), seal instanceof Uint8Array, ...seal, ...tags].map(String),
    error: await tried(() => client.shop.items.find({ id: -1n })),
    batch: ends.map((end) => (end.ok ? String(end.value.id) + ' ' + end.value.note : end.error.code)),
  };
}
window.outcome = all();
`;

const page = '<!doctype html><html lang="en"><title>A shop</title><script type="module" src="/page.js"></script>';
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:";

/** A site of somebody's own, with a page that calls the functions which are mounted in it. */
function siteOf(server: Server, { chunks }: Bundle): Koa {
  const files = new Map([
    ['/', page],
    ['/page.js', script],
    ...chunks.map(({ path, text }) => [`/${path}`, text] as const),
  ]);
  const app = new Koa();
  app.use(server.koa());
  app.use((ctx) => {
    const text = files.get(ctx.path);
    if (text === undefined) return;
    ctx.type = ctx.path.endsWith('.js') ? 'text/javascript' : 'text/html';
    ctx.set('Content-Security-Policy', policy);
    ctx.body = text;
  });
  return app;
}

describe('the typed client in a page of its own site', () => {
  let browser: Browser;
  let server: Server;
  let http: HttpServer;
  let url = '';

  before(async () => {
    server = await createServer({
      functions: shop,
      log: false,
      settings: {
        enablewebservices: true,
        enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap'],
        enabledwsfunctions: ['*'],
      },
    });
    const app = siteOf(server, await bundle());
    await new Promise<void>((listening) => {
      http = app.listen(0, '127.0.0.1', listening);
    });
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    http?.closeAllConnections();
    http?.close();
    await server?.close(0);
  });

  for (const protocol of protocols)
    it(`calls over ${protocol}, one by one and several at once, under a strict policy`, async () => {
      const visitor = await Visitor.come(browser, url, 'desktop');
      const posts: string[] = [];
      visitor.page.on('request', (request) => {
        if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
      });
      await visitor.page.goto(`/?protocol=${protocol}`);
      await visitor.page.waitForFunction('window.outcome !== undefined');
      const outcome = (await visitor.page.evaluate('window.outcome')) as Record<string, unknown>;
      expect(outcome['item']).deep.equal([
        String(2n ** 62n),
        '12.50',
        '2020-02-29T12:00:00.000Z',
        'true',
        '0',
        '255',
        'new',
      ]);
      expect(outcome['error']).match(/^no-item /);
      expect(outcome['batch']).deep.equal(['5 undefined', 'no-item', '6 red 3']);
      if (protocol === 'jsonrpc') expect(posts, 'a call, three in one request, a call').length(3);
      await visitor.leave();
    });
});
