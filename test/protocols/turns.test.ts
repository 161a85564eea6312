import { expect } from 'chai';
import fc from 'fast-check';
import { clients, type Dialect } from '../../client/index.ts';
import { type AnyFunction, define, t } from '../../index.ts';
import { inTurns } from '../../lib/bookmarks.ts';
import { createCatalog } from '../../lib/catalog.ts';
import { joinText } from '../../lib/chunks.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import type { Call, Protocol, WireRequest } from '../../lib/protocol.ts';
import { type PartialSettings, readSettings } from '../../lib/settings.ts';
import { createSite, type Site } from '../../lib/site.ts';
import { protocols } from '../../services/site.ts';
import { described } from '../lib/random.ts';
import { ShortTurn } from '../lib/short-turn.ts';
import { encoding11, messageEncoded } from './soap/messages.ts';

/** A function that takes a value of a type, beside others, and gives one back. */
function functionOf(descriptor: Descriptor): AnyFunction {
  return define('test.fn', {
    description: 'Under test.',
    effect: 'write',
    params: { before: t.list(t.string()), value: descriptor, after: t.list(t.int()) },
    returns: descriptor,
    handler: () => undefined as never,
  }) as unknown as AnyFunction;
}

const siteOf = (fn: AnyFunction, settings: PartialSettings = {}): Site =>
  createSite(createCatalog([fn]), readSettings({ enabledwsfunctions: ['*'], ...settings }));

function wire(path: string, headers: Readonly<Record<string, string>>, body: string): WireRequest {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const tail = path.split('/').at(-1) ?? '';
  const origin = 'http://localhost';
  const rest = { query: '', requestId: 'r', address: '127.0.0.1', origin };
  return { method: 'POST', path, tail, headers: lower, body: Buffer.from(body), ...rest };
}

/** A request that a client sends; undefined where its protocol cannot carry the value. */
function requestOf(dialect: Dialect, fn: AnyFunction, params: Readonly<Record<string, unknown>>) {
  try {
    const { url, headers, body } = clients[dialect].encode(fn, params, {
      url: new URL(clients[dialect].path, 'http://localhost'),
      namespace: 'urn:polywire',
    });
    return wire(url.pathname, headers, body);
  } catch (reason) {
    if (reason instanceof Fault) return undefined;
    throw reason;
  }
}

type Outcome = { readonly value: unknown; readonly issues: Issues['list'] } | Pick<Fault, 'code' | 'message'>;

function faultOf(reason: unknown): Outcome {
  if (!(reason instanceof Fault)) throw reason;
  return { code: reason.code, message: reason.message };
}

function callOf(protocol: Protocol, request: WireRequest, site: Site): Call {
  const [call] = protocol.decode(request, site).calls;
  if (call === undefined || call instanceof Fault) throw call ?? new Error('there is no call');
  return call;
}

/** What a call's parameters are, read at once and read in turns. */
async function bothWays(protocol: Protocol, request: WireRequest, fn: AnyFunction, site: Site) {
  const read = (issues: Issues) => {
    const call = callOf(protocol, request, site);
    return () => issues.collect(() => call.read(fn, issues));
  };
  const [once, slow] = [new Issues(), new Issues()];
  const turn = new ShortTurn();
  let atOnce: Outcome;
  try {
    atOnce = { value: read(once)(), issues: once.list };
  } catch (reason) {
    atOnce = faultOf(reason);
  }
  const later: Outcome = await inTurns(slow, turn, read(slow)).then(
    (value) => ({ value, issues: slow.list }),
    (reason: unknown) => faultOf(reason),
  );
  return { atOnce, later, turns: turn.count };
}

const protocolOf = (dialect: Dialect): Protocol =>
  protocols.find(({ name }) => name === dialect.replace('soap12', 'soap')) as Protocol;

describe('reading in turns', () => {
  const params = (value: unknown) => ({ before: ['a & b', 'ü'], value, after: [1, 2, 3] });

  for (const dialect of Object.keys(clients) as Dialect[]) {
    it(`comes to what reading at once comes to, over ${dialect} (property)`, async () => {
      await fc.assert(
        fc.asyncProperty(described, async ([descriptor, value]) => {
          const fn = functionOf(descriptor);
          const request = requestOf(dialect, fn, params(value));
          if (request === undefined) return;
          const { atOnce, later } = await bothWays(protocolOf(dialect), request, fn, siteOf(fn));
          expect(later).to.deep.equal(atOnce);
        }),
      );
    });
  }

  it('comes to what reading at once comes to, in rpc/encoded (property)', async () => {
    await fc.assert(
      fc.asyncProperty(described, async ([descriptor, value]) => {
        const fn = functionOf(descriptor);
        const request = requestOf('soap', fn, params(value));
        if (request === undefined) return;
        const style = `><soap:Body encodingStyle="${encoding11}" soap:encodingStyle="${encoding11}">`;
        const body = request.body.toString().replace(/><([a-zA-Z]+):Body>/, style.replaceAll('soap:', '$1:'));
        expect(body).to.include(encoding11);
        const { atOnce, later, turns } = await bothWays(
          protocolOf('soap'),
          { ...request, body: Buffer.from(body) },
          fn,
          siteOf(fn),
        );
        expect(later).to.deep.equal(atOnce);
        expect(turns).to.be.greaterThan(5);
      }),
    );
  });

  const Item = t.object('Item', { name: t.string(), n: t.int() });
  const fn = functionOf(t.list(Item, { max: 100 }));
  const items = Array.from({ length: 9 }, (_, n) => ({ name: `<${n}>`, n }));

  it('goes on among the entries of a multicall', async () => {
    const site = siteOf(fn);
    const one = requestOf('xmlrpc', fn, params(items)) as WireRequest;
    const values = one.body
      .toString()
      .replace(/^.*?<params>|<\/params>.*$/g, '')
      .replaceAll(/<\/?param>/g, '');
    const struct = `<value><struct><member><name>methodName</name><value>test.fn</value></member><member><name>params</name><value><array><data>${values}</data></array></value></member></struct></value>`;
    const text = `<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>${struct}${struct}</data></array></value></param></params></methodCall>`;
    const request = wire('/xmlrpc', { 'Content-Type': 'text/xml' }, text);
    const { calls } = protocolOf('xmlrpc').decode(request, site);
    for (const call of calls.toReversed()) {
      const issues = new Issues();
      const turn = new ShortTurn();
      expect(await inTurns(issues, turn, () => (call as Call).read(fn, issues))).to.deep.equal(params(items));
      expect(turn.count).to.equal(2 + 9 + 3);
    }
  });

  it('counts the children of an element in all turns together', async () => {
    for (const dialect of ['xmlrpc', 'soap'] as const) {
      const request = requestOf(dialect, fn, params(items)) as WireRequest;
      for (const xmlChildren of [8, 9]) {
        const { atOnce, later } = await bothWays(
          protocolOf(dialect),
          request,
          fn,
          siteOf(fn, { limits: { xmlChildren } }),
        );
        expect(later).to.deep.equal(atOnce);
        expect('code' in later).to.equal(xmlChildren === 8);
      }
    }
  });

  const withReferences = (count: number, size: number): WireRequest => {
    const references = Array.from({ length: count }, (_, i) => `<item href="#${i % 3}"/>`).join('');
    const root = (id: number) => `<multiRef id="${id}"><name>${'x'.repeat(size)}</name><n>${id}</n></multiRef>`;
    const lists = '<before><item>a</item></before><after><item>1</item><item>2</item></after>';
    const operation = `<p:test_fn>${lists}<value href="#list"/></p:test_fn>`;
    const list = `<multiRef id="list">${references}</multiRef>`;
    const body = messageEncoded(`${operation}${root(0)}${list}${root(1)}${root(2)}`);
    return wire('/soap', { 'Content-Type': 'text/xml' }, body);
  };

  it('follows references, however often it is begun again', async () => {
    const soap = protocolOf('soap');
    const { atOnce, later, turns } = await bothWays(soap, withReferences(60, 10), fn, siteOf(fn));
    expect(later).to.deep.equal(atOnce);
    expect(later).to.have.nested.property('value.value[59].n', 2);
    expect(turns).to.be.greaterThan(60);
  });

  it('counts what references expand to once, and all of it', async () => {
    for (const [size, refused] of [
      [2_000, false],
      [6_000, true],
    ] as const) {
      const site = siteOf(fn, { limits: { body: 200_000 } });
      const { atOnce, later } = await bothWays(protocolOf('soap'), withReferences(60, size), fn, site);
      expect(later).to.deep.equal(atOnce);
      expect('code' in later).to.equal(refused);
    }
  });
});

describe('writing in pieces', () => {
  const notes: readonly (readonly [name: string, note: unknown])[] = [
    ['rest', { cacheable: false }],
    ['jsonrpc', { batch: false, ids: ['1'] }],
    ['mcp', { stateless: false, batch: false, members: [{ id: '1', kind: 'tool' }] }],
    ['xmlrpc', { multicall: false, extensions: false }],
    ['xmlrpc', { multicall: false, extensions: true }],
    ['soap', { version: '1.1', style: 'literal' }],
    ['soap', { version: '1.1', style: 'encoded' }],
  ];
  const outcome = (write: () => string): unknown => {
    try {
      return write();
    } catch (reason) {
      if (!(reason instanceof Fault)) throw reason;
      return { code: reason.code, message: reason.message, issues: reason.issues };
    }
  };

  for (const [name, note] of notes) {
    const protocol = protocols.find((one) => one.name === name) as Protocol;
    const write = (fn: AnyFunction, value: unknown) => outcome(() => joinText(protocol.write(fn, value, note)));
    const piecewise = (fn: AnyFunction, value: unknown) =>
      outcome(() => [...(protocol.pieces?.(fn, value, note) ?? [])].join(''));

    it(`comes to what writing at once comes to, over ${name} ${JSON.stringify(note)} (property)`, () => {
      fc.assert(
        fc.property(described, ([descriptor, value]) => {
          const fn = functionOf(descriptor);
          expect(piecewise(fn, value)).to.deep.equal(write(fn, value));
        }),
      );
    });

    it(`makes many pieces of long lists, over ${name} ${JSON.stringify(note)}`, () => {
      const Row = t.object('Row', { id: t.int64(), names: t.list(t.nullable(t.string())), more: t.map(t.int()) });
      const Page = t.object('Page', { rows: t.list(Row), next: t.nullable(t.string()), also: t.map(Row) });
      const rows = Array.from({ length: 2_000 }, (_, i) => ({
        id: BigInt(i),
        names: ['ü', '<&>', null],
        more: { 'a b': i },
      }));
      const fn = functionOf(Page);
      const value = { rows, next: null, also: { one: rows[1] } };
      const pieces = [...(protocol.pieces?.(fn, value, note) ?? [])];
      expect(pieces.join('')).to.equal(write(fn, value));
      expect(pieces.length).to.be.greaterThan(8);
      const most = name === 'mcp' ? 40_000 : 20_000; // a result stands in a text as well, its quotes escaped
      expect(Math.max(...pieces.map(({ length }) => length))).to.be.lessThan(most);
    });
  }
});
