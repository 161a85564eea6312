import { expect } from 'chai';
import { type ClientOptions, type ClientProtocol, createClient } from '../../../client/typed/index.ts';
import type { Server } from '../../../index.ts';
import { listeningServer } from '../../conformance/run.ts';
import { protocols, shop } from './shop.ts';

describe('batches of the typed client', () => {
  let server: Server;
  let url = '';
  let posts = 0;
  let together = 0;
  let most = 0;
  before(async () => {
    ({ server, url } = await listeningServer(shop));
  });
  after(() => server.close(0));
  beforeEach(() => {
    posts = 0;
    most = 0;
  });

  /** Counts requests, and how many are on their way at once. */
  const counted: typeof fetch = async (input, init) => {
    if (init?.method === 'POST') posts++;
    most = Math.max(most, ++together);
    try {
      return await fetch(input, init);
    } finally {
      together--;
    }
  };
  const clientOf = (protocol: ClientProtocol, options: Partial<ClientOptions> = {}) =>
    createClient<typeof shop>({ url, protocol, fetch: counted, catalog: shop, ...options });
  const isOne = (protocol: ClientProtocol): boolean => protocol === 'jsonrpc' || protocol === 'xmlrpc';

  for (const protocol of protocols) {
    describe(`over ${protocol}`, () => {
      it('tells how each call ended, in their order', async () => {
        const [item, none, nothing, text, wrong] = await clientOf(protocol).batch((calls) => [
          calls.shop.items.find({ id: 5n }),
          calls['shop.items.find']({ id: -5n }),
          calls.shop.put({ what: 'a' }),
          calls.echo({ text: 'é<&' }),
          calls.shop.fail({ code: 'forbidden' }),
        ]);
        expect(item).to.have.nested.property('value.id', 5n);
        if (none.ok || none.error.name !== 'ClientError' || none.error.code !== 'no-item')
          throw new Error('not refused');
        expect(none.error.data?.id).to.equal(protocol === 'xmlrpc' ? undefined : -5n);
        expect(none.error.function).to.equal('shop.items.find');
        expect(nothing).to.deep.equal({ ok: true, value: undefined });
        expect(text).to.deep.equal({ ok: true, value: 'é<&' });
        expect(wrong).to.have.nested.property('error.code', 'forbidden');
        expect(posts).to.equal(isOne(protocol) ? 1 : 5);
      });

      it('sends what can be sent, whatever else is wrong', async () => {
        const client = clientOf(protocol, { catalog: undefined as never });
        const ends = await client.batch((calls) => [
          calls.echo({ text: 5 as never }),
          calls.echo({ text: '\u0000' }),
          calls.shop.hidden(),
          calls.echo({ text: 'fine' }),
        ]);
        const codes = ends.map((end) => (end.ok ? end.value : end.error.name === 'ClientError' && end.error.code));
        const xml = protocol === 'soap' || protocol === 'xmlrpc';
        expect(codes).to.deep.equal(['invalid-params', xml ? 'invalid-params' : '\u0000', 'unknown-function', 'fine']);
        expect(await client.batch((calls) => [calls.echo({ text: 5 as never })])).to.have.nested.property(
          '0.ok',
          false,
        );
        expect(await client.batch(() => [])).to.deep.equal([]);
      });

      it('takes more calls than one request may have', async () => {
        const client = clientOf(protocol);
        const ends = await client.batch((calls) =>
          Array.from({ length: 120 }, (_, index) => calls.echo({ text: `t${index}` })),
        );
        expect(ends.map((end) => end.ok && end.value)).to.deep.equal(
          Array.from({ length: 120 }, (_, index) => `t${index}`),
        );
        expect(posts).to.equal(isOne(protocol) ? 3 : 120);
        expect(most).to.be.within(isOne(protocol) ? 1 : 2, isOne(protocol) ? 1 : 6);
      });

      it('fails call by call where there is no answer in time, and as a whole where the caller stops it', async () => {
        const client = clientOf(protocol);
        const late = await client.batch((calls) => [calls.shop.slow(), calls.shop.slow()], { timeout: 60 });
        for (const end of late) expect(end).to.have.nested.property('error.reason', 'timeout');
        const controller = new AbortController();
        const stopped = client.batch((calls) => [calls.shop.slow()], { signal: controller.signal });
        setTimeout(() => controller.abort(new Error('enough')), 30);
        const reason = await stopped.catch((error: unknown) => error);
        expect(reason).to.have.property('message', 'enough');
      });

      it('fails call by call where the whole is refused', async () => {
        const client = clientOf(protocol);
        await server.settings.update(() => ({ enablewebservices: false }));
        try {
          const ends = await client.batch((calls) => [calls.echo({ text: 'a' }), calls.shop.put({ what: 'b' })]);
          for (const end of ends) expect(end).to.have.nested.property('error.code', 'service-off');
          expect(ends).to.have.nested.property('1.error.function', 'shop.put');
        } finally {
          await server.settings.update(() => ({ enablewebservices: true }));
        }
      });
    });
  }
});
