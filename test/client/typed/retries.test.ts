import { expect } from 'chai';
import { type ClientOptions, type ClientProtocol, createClient, TransportError } from '../../../client/typed/index.ts';
import type { AnyFunction } from '../../../index.ts';
import { type House, openHouse } from '../../access/house.ts';
import { protocols, runs, shop } from './shop.ts';

type Sent = Readonly<Record<string, string>>;
type Send = () => Promise<Response>;
/** What happens to a request; `send` lets it through. */
type Fate = (send: Send) => Promise<Response>;

const through: Fate = (send) => send();
const lost: Fate = async () => {
  throw new TypeError('lost on the way there');
};
const answerLost: Fate = async (send) => {
  await (await send()).arrayBuffer();
  throw new TypeError('lost on the way back');
};
const turnedAway =
  (status: number, headers: Record<string, string> = {}): Fate =>
  async () =>
    new Response('<html>Come back later</html>', { status, headers: { 'Content-Type': 'text/html', ...headers } });

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => expect.fail(`it came to ${String(value)}`),
    (reason: unknown) => reason,
  );
}

describe('retries of the typed client', () => {
  let house: House;
  let key = '';
  let sent: Sent[] = [];
  before(async () => {
    const settings = { enabledwsfunctions: ['shop.*', 'echo'] };
    house = await openHouse({ kind: 'sqlite', more: shop as readonly AnyFunction[], settings });
    ({ secret: key } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Shop' }));
  });
  after(() => house.close());
  beforeEach(() => {
    sent = [];
    runs.count = 0;
  });

  /** A fetch under which requests have their fates, one after the other; those that are left go through. */
  const fated = (...fates: readonly Fate[]): typeof fetch => {
    let next = 0;
    return (input, init) => {
      sent.push(init?.headers as Sent);
      return (fates[next++] ?? through)(() => fetch(input, init));
    };
  };
  const quick = { limit: 3, base: 1 };
  const clientOf = (protocol: ClientProtocol, fates: readonly Fate[], options: Partial<ClientOptions> = {}) => {
    const given = { url: house.url, protocol, catalog: shop, key, retries: quick, ...options };
    return createClient<typeof shop>({ ...given, fetch: fated(...fates) });
  };
  const keys = (): readonly (string | undefined)[] => sent.map((headers) => headers['Idempotency-Key']);

  for (const protocol of protocols) {
    it(`reads again over ${protocol}, without a key, whatever was lost`, async () => {
      for (const fate of [lost, answerLost, turnedAway(503), turnedAway(429, { 'Retry-After': '0' })]) {
        sent = [];
        expect(await clientOf(protocol, [fate, fate]).echo({ text: 'a' })).to.equal('a');
        expect(keys()).to.deep.equal([undefined, undefined, undefined]);
      }
    });

    it(`writes once over ${protocol}, under one key for each call`, async () => {
      const client = clientOf(protocol, [answerLost, lost, through]);
      expect(await client.shop.order({ what: 'cup' })).to.equal(1);
      const [first, ...others] = keys();
      expect(first).to.match(/^[0-9a-f]{32}$/);
      expect(others).to.deep.equal([first, first]);
      expect(await client.shop.order({ what: 'cup' })).to.equal(2);
      expect(keys()[3])
        .to.match(/^[0-9a-f]{32}$/)
        .and.not.equal(first);
      expect(runs.count).to.equal(2);
    });

    it(`writes no second time over ${protocol} where the server could not tell it from the first`, async () => {
      const anonymous = clientOf(protocol, [answerLost], { key: undefined as never });
      expect(await failure(anonymous.shop.order({ what: 'cup' }))).to.include({ reason: 'network' });
      const secrets = clientOf(protocol, [turnedAway(503)]);
      expect(await failure(secrets.shop.secret())).to.include({ reason: 'malformed', status: 503 });
      expect(keys()).to.deep.equal([undefined, undefined]);
      expect(runs.count).to.equal(1);
    });

    it(`writes again over ${protocol} what does no harm twice`, async () => {
      const anonymous = clientOf(protocol, [answerLost], { key: undefined as never });
      expect(await anonymous.shop.put({ what: 'cup' })).to.equal(undefined);
      expect([runs.count, ...keys()]).to.deep.equal([2, undefined, undefined]);
    });

    it(`asks again over ${protocol} what the server itself refuses for the moment, with the same end`, async () => {
      const error = await failure(clientOf(protocol, []).shop.order({ what: 'nothing' }));
      expect(error).to.include({ name: 'ClientError', code: 'unavailable' });
      expect([sent.length, runs.count]).to.deep.equal([4, 1]); // the outcome was kept under the key
      sent = [];
      expect(await failure(clientOf(protocol, []).shop.fail({ code: 'rate-limited' }))).to.include({
        code: 'rate-limited',
      });
      expect(sent.length).to.equal(4);
    });

    it(`does not ask again over ${protocol} what will stay as it is`, async () => {
      for (const code of ['forbidden', 'internal', 'timeout', 'conflict']) {
        expect(await failure(clientOf(protocol, []).shop.fail({ code }))).to.include({ code });
      }
      for (const status of [400, 500, 502, 504])
        expect(await failure(clientOf(protocol, [turnedAway(status)]).echo({ text: 'a' }))).to.include({ status });
      expect(sent.length).to.equal(8);
    });

    it(`makes a batch once over ${protocol}`, async () => {
      const client = clientOf(protocol, [lost, answerLost]);
      const ends = await client.batch((calls) => [
        calls.shop.order({ what: 'cup' }),
        calls.echo({ text: 'a' }),
        calls.shop.order({ what: 'pot' }),
      ]);
      const values = ends.map((end) => (end.ok ? end.value : end.error));
      if (protocol === 'jsonrpc' || protocol === 'xmlrpc') expect(values).to.deep.equal([1, 'a', 2]);
      else expect([...values].sort()).to.deep.equal([1, 2, 'a']); // side by side, in any order
      expect(runs.count).to.equal(2);
    });
  }

  it('retries nothing unless it is told to', async () => {
    const client = clientOf('jsonrpc', [lost, through, lost], { retries: undefined as never });
    expect(await failure(client.echo({ text: 'a' })))
      .to.be.instanceOf(TransportError)
      .and.include({ reason: 'network' });
    expect(await client.shop.order({ what: 'cup' })).to.equal(1);
    expect(keys()).to.deep.equal([undefined, undefined]);
    expect(await client.echo({ text: 'a' }, { retries: quick })).to.equal('a');
  });

  it('takes a key that is given, and a word that the caller is known', async () => {
    const own = clientOf('rest', [answerLost], { key: undefined as never, headers: { 'X-API-Key': key } });
    expect(await own.shop.order({ what: 'cup' }, { idempotencyKey: 'my-own-1' })).to.equal(1);
    expect(keys()).to.deep.equal(['my-own-1', 'my-own-1']);
    const known = clientOf('rest', [answerLost], {
      key: undefined as never,
      headers: async () => ({ 'X-API-Key': key }),
      identified: true,
    });
    expect(await known.shop.order({ what: 'pot' })).to.equal(2);
    expect(runs.count).to.equal(2);
  });

  it('waits as long as the server asks, and gives up where that is too long', async () => {
    const started = performance.now();
    const client = clientOf('rest', [turnedAway(429, { 'Retry-After': '1' })]);
    expect(await client.echo({ text: 'a' })).to.equal('a');
    expect(performance.now() - started).to.be.above(990);
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    for (const retryAfter of ['31', date]) {
      sent = [];
      const error = await failure(
        clientOf('rest', [turnedAway(503, { 'Retry-After': retryAfter })]).echo({ text: 'a' }),
      );
      expect((error as TransportError).retryAfter).to.be.above(30);
      expect(sent.length).to.equal(1);
    }
    const patient = { limit: 1, base: 1, longest: 500 };
    const soon = clientOf('rest', [turnedAway(503, { 'Retry-After': '1' })], { retries: patient });
    expect(await failure(soon.echo({ text: 'a' }))).to.include({ retryAfter: 1 });
  });

  it('waits longer each time, to a bound', async () => {
    const waits: number[] = [];
    let before = performance.now();
    const timed: Fate = async () => {
      waits.push(performance.now() - before);
      before = performance.now();
      throw new TypeError('lost');
    };
    const client = clientOf('rest', [timed, timed, timed, timed], { retries: { limit: 3, base: 60, longest: 120 } });
    expect(await failure(client.echo({ text: 'a' }))).to.include({ reason: 'network' });
    const [, first = 0, second = 0, third = 0] = waits;
    expect(first).to.be.within(29, 1_000);
    expect(second).to.be.within(59, 1_000);
    expect(third).to.be.within(59, 1_000);
  });

  it('waits no longer than the call may take, or its caller wants', async () => {
    const slow = { limit: 3, base: 20_000 };
    const late = clientOf('rest', [lost], { retries: slow, timeout: 50 });
    expect(await failure(late.echo({ text: 'a' }))).to.include({ reason: 'timeout' });
    const controller = new AbortController();
    const call = clientOf('rest', [lost], { retries: slow }).echo({ text: 'a' }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect(await failure(call)).to.have.property('name', 'AbortError');
    expect(sent.length).to.equal(2);
  });

  it('fetches the catalog again too', async () => {
    const client = clientOf('rest', [lost, turnedAway(503)], { catalog: undefined as never });
    expect(await client.echo({ text: 'a' })).to.equal('a');
    expect(sent.length).to.equal(4);
  });
});
