import { expect } from 'chai';
import type { Client } from '../../client/client.ts';
import { clients } from '../../client/index.ts';
import { type AnyFunction, define, t } from '../../index.ts';
import { Issues } from '../../lib/issues.ts';
import { caught } from '../lib/caught.ts';

const fn = define('a.b', {
  description: 'Does.',
  effect: 'read',
  params: { text: t.optional(t.string()), list: t.optional(t.list(t.map(t.string()))) },
  returns: t.object('R', { id: t.int64(), rate: t.float(), any: t.optional(t.json()) }),
  errors: { gone: { number: 1, data: t.object('Gone', { at: t.datetime() }) } },
  handler: () => ({ id: 1n, rate: 1 }),
}) as AnyFunction;

const response = (body: string, contentType = 'application/json') => ({
  status: 200,
  contentType,
  body: Buffer.from(body),
});
const target = { url: new URL('http://localhost/'), namespace: 'urn:x' };

function decode(client: Client, body: string): { readonly answer: unknown; readonly issues: readonly unknown[] } {
  const issues = new Issues();
  return { answer: issues.collect(() => client.decode(fn, response(body), issues)), issues: issues.list };
}

describe('the protocols from the client side', () => {
  it('lose no digit of a JSON answer', () => {
    for (const result of [
      '{"id":9007199254740993,"rate":0.30000000000000004}',
      '{"id": "9007199254740993" ,\n"rate":30000000000000004e-17}',
    ]) {
      expect(decode(clients.jsonrpc, `{"jsonrpc":"2.0","id":1,"result":${result}}`)).to.deep.equal({
        answer: { ok: true, value: { id: 9_007_199_254_740_993n, rate: 0.300_000_000_000_000_04 } },
        issues: [],
      });
    }
  });

  it('read the data of declared errors, and say where it does not fit', () => {
    const body = (data: string) =>
      `{"status":"error","error":{"code":"gone","message":"It is","data":${data},"retryAfter":3,"requestId":"r-1"}}`;
    expect(decode(clients.rest, body('{"at":"2020-01-01T00:00:00Z"}')).answer).to.deep.equal({
      ok: false,
      code: 'gone',
      message: 'It is',
      issues: [],
      data: { at: new Date('2020-01-01T00:00:00Z') },
      retryAfter: 3,
      requestId: 'r-1',
    });
    expect(decode(clients.rest, body('{"at":5}')).issues).to.have.nested.property('0.path', 'at');
  });

  it('say where a text has what XML cannot carry', () => {
    for (const name of ['soap', 'soap12', 'xmlrpc'] as const) {
      const params = { text: 'fine', list: [{ a: 'x' }, { b: 'bad\u0001' }] };
      const fault = caught(() => clients[name].encode(fn, params, target));
      expect(fault.code, name).to.equal('invalid-params');
      expect(fault.issues, name).to.deep.equal([
        { path: 'list/1/b', code: 'character', message: 'has a character that XML cannot carry (U+0001)' },
      ]);
    }
  });

  it('find the answers of a JSON-RPC batch by their ids, in whatever order', () => {
    const { batch } = clients.jsonrpc;
    const one = '{"jsonrpc":"2.0","id":1,"result":{"id":"1","rate":1}}';
    const two = '{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"no"}}';
    const answers = batch?.decode([fn, fn, fn], response(`[${two},null,${one}]`)) ?? [];
    expect(answers[0]?.(new Issues())).to.deep.equal({ ok: true, value: { id: 1n, rate: 1 } });
    expect(answers[1]?.(new Issues())).to.include({ ok: false, code: '-32601' });
    expect(caught(() => answers[2]?.(new Issues())).code).to.equal('malformed');
    const refused = batch?.decode([fn, fn], response(two)) ?? [];
    expect(refused.map((read) => read(new Issues()).ok)).to.deep.equal([false, false]);
    expect(caught(() => batch?.decode([fn], response('"x"'))).code).to.equal('malformed');
  });

  it('find the answers of system.multicall by their places', () => {
    const { batch } = clients.xmlrpc;
    const answerOf = (data: string) =>
      response(
        `<methodResponse><params><param><value><array><data>${data}</data></array></value></param></params></methodResponse>`,
        'text/xml',
      );
    const struct = (members: Record<string, string>) =>
      `<value><struct>${Object.entries(members).map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`)}</struct></value>`;
    const good = `<value><array><data>${struct({ id: '7', rate: '<double>1.5</double>' })}</data></array></value>`;
    const bad = struct({ faultCode: '<int>1</int>', faultString: 'gone: It is (request r-2)' });
    const answers = batch?.decode([fn, fn, fn], answerOf(good + bad)) ?? [];
    expect(answers[0]?.(new Issues())).to.deep.equal({ ok: true, value: { id: 7n, rate: 1.5 } });
    expect(answers[1]?.(new Issues())).to.include({ ok: false, code: 'gone', message: 'It is', requestId: 'r-2' });
    expect(caught(() => answers[2]?.(new Issues())).code).to.equal('malformed');
  });
});
