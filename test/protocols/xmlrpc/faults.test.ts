import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { type AnyFunction, define } from '../../../lib/define.ts';
import { Fault, type FaultCode, faultCodes } from '../../../lib/fault.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { faultRows } from '../../conformance/numbers.ts';
import { answerOf, exchanged, methodCall, post, siteOf, struct } from './calls.ts';
import { parseAnswer } from './independent.ts';

const note = { multicall: false, extensions: false };
const site = siteOf([]);
const encode = (fault: Fault) => xmlrpc.encode([{ ok: false, fn: undefined, fault }], note, 'r7', site);
const faultIn = (fault: Fault) => {
  const answer = parseAnswer(String(encode(fault).body));
  if (!('fault' in answer)) throw new Error('Not a fault');
  return answer.fault;
};

const statuses: Partial<Readonly<Record<FaultCode, number>>> = {
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  misdirected: 421,
};

describe('XML-RPC faults', () => {
  for (const code of faultCodes) {
    const number = faultRows[code].xmlrpc;
    it(`${code} is ${number}, HTTP ${statuses[code] ?? 200}`, () => {
      const fault = new Fault(code, 'Message');
      expect(encode(fault)).to.include({ status: statuses[code] ?? 200 });
      expect(faultIn(fault).faultCode).to.equal(number);
    });
  }

  it('have the two members of the specification and nothing else', () => {
    const text = String(encode(new Fault('forbidden', 'No <way>')).body);
    expect(text).to.equal(
      '<?xml version="1.0" encoding="utf-8"?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>-32012</int></value></member>' +
        '<member><name>faultString</name><value><string>forbidden: No &lt;way&gt; (request r7)</string></value></member></struct></value></fault></methodResponse>',
    );
  });

  it('list their issues', () => {
    const issues = [
      { path: 'users/3/email', code: 'type', message: 'must be a string' },
      { path: '', code: 'x', message: 'is odd' },
    ];
    expect(faultIn(new Fault('invalid-params', 'Wrong', { issues })).faultString).to.equal(
      'invalid-params: Wrong [users/3/email: must be a string; is odd] (request r7)',
    );
  });

  it('have the numbers that functions declare, and -32500 where none is', () => {
    const declared = { number: 1001, status: 404 };
    expect(faultIn(new Fault('user-not-found', 'No such user', { declared }))).to.deep.equal({
      faultCode: 1001,
      faultString: 'user-not-found: No such user (request r7)',
    });
    expect(faultIn(new Fault('odd' as FaultCode, 'x')).faultCode).to.equal(-32500);
    expect(faultIn(new Fault('constructor' as FaultCode, 'x')).faultCode).to.equal(-32500);
    expect(encode(new Fault('too-large', 'x', { declared })).status).to.equal(200);
  });

  it('do not tell a function that is off from one that does not exist', () => {
    const off = new Fault('function-off', 'users.get_users is off', {
      issues: [{ path: 'a', code: 'b', message: 'c' }],
    });
    expect(faultIn(off)).to.deep.equal(faultIn(new Fault('unknown-function', 'There is no such function')));
  });

  it('replace characters that XML cannot carry', () => {
    const { faultString } = faultIn(new Fault('conflict', 'a\u0000\u001f\ud800\ufffe\r\n😀'));
    expect(faultString).to.equal('conflict: a\ufffd\ufffd\ufffd\ufffd\r\n😀 (request r7)');
  });

  it('say in headers what is allowed and when to come again', () => {
    expect(encode(new Fault('method-not-allowed', 'x', { allow: ['POST'] })).headers).to.deep.equal({
      'Content-Type': 'text/xml; charset=utf-8',
      Allow: 'POST',
    });
    expect(encode(new Fault('rate-limited', 'x', { retryAfter: 1.2 })).headers).to.include({ 'Retry-After': '2' });
  });

  it('have a note for refusals at the door', () => {
    expect(xmlrpc.blank(post(''))).to.deep.equal(note);
  });
});

describe('XML-RPC faults of the interoperability specification 20010516', () => {
  const define1 = (name: string, handler: () => never): AnyFunction =>
    define(name, {
      description: 'Fails',
      effect: 'read',
      params: { n: t.optional(t.int()) },
      errors: { broke: { number: 77 } },
      handler,
    }) as AnyFunction;
  const functions = [
    define1('test.breaks', () => {
      throw new Error('secret');
    }),
    define1('test.throws', () => {
      throw new Fault('app-error' as FaultCode, 'application error');
    }),
    define1('test.away', () => {
      throw new Fault('unavailable', 'The store is away', { retryAfter: 5 });
    }),
  ];
  const server = siteOf(functions);
  const cases: readonly (readonly [code: number, what: string, body: string | Uint8Array])[] = [
    [-32700, 'not well formed', '<methodCall><methodName>test.breaks</methodName>'],
    [-32701, 'unsupported encoding', '<?xml version="1.0" encoding="EBCDIC-CP-US"?><methodCall/>'],
    [-32702, 'invalid character for encoding', Buffer.from([0x3c, 0x61, 0xff, 0x3e])],
    [-32600, 'not conforming', '<methodCall><methodName>test.breaks</methodName><param/></methodCall>'],
    [-32601, 'method not found', methodCall('nosuch')],
    [-32602, 'invalid parameters', methodCall('test.breaks', '<string>x</string>')],
    [-32602, 'invalid parameters by name', methodCall('test.breaks', struct(['m', '<int>1</int>']))],
    [-32603, 'internal error', methodCall('test.breaks')],
    [-32500, 'application error', methodCall('test.throws')],
    [-32400, 'system error', methodCall('test.away')],
  ];
  for (const [code, what, body] of cases) {
    it(`${code}: ${what}`, async () => {
      const answer = await answerOf(server, body);
      expect('fault' in answer && answer.fault.faultCode).to.equal(code);
      expect(JSON.stringify(answer)).not.to.include('secret');
    });
  }

  it('are answered as text/xml', async () => {
    const { status, headers } = await exchanged(server, post(methodCall('test.away')));
    expect(status).to.equal(200);
    expect(headers).to.deep.equal({ 'Content-Type': 'text/xml; charset=utf-8', 'Retry-After': '5' });
  });
});
