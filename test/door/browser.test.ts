import { expect } from 'chai';
import { callOf, dialects } from './dialects.ts';
import { closeHouses, type House, house } from './house.ts';
import { ask, type Plain } from './wire.ts';

const friend = 'https://friend.example';

/** The requests that a browser sends to another site without asking (Fetch standard: CORS-safelisted). */
const simple: readonly (readonly [what: string, type: string, body: string])[] = [
  ['text holding JSON', 'text/plain', '{"jsonrpc":"2.0","method":"test.mark","params":["x"],"id":1}'],
  [
    'text holding XML',
    'text/plain',
    '<methodCall><methodName>test.mark</methodName><params><param><value>x</value></param></params></methodCall>',
  ],
  ['a form', 'application/x-www-form-urlencoded', 'text=x'],
  [
    'multipart',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--b--\r\n',
  ],
];

describe('browsers at the door', () => {
  let at: House;
  before(async () => {
    at = await house({ corsOrigins: [friend] });
  });
  beforeEach(() => {
    at.calls.length = 0;
  });
  after(closeHouses);

  for (const { name, path } of dialects) {
    for (const [what, type, body] of simple) {
      it(`${name}: a foreign page cannot post ${what}`, async () => {
        for (const origin of ['https://evil.example', 'null']) {
          const answer = await ask(at.port, {
            path,
            body,
            headers: [
              ['Host', 'localhost'],
              ['Origin', origin],
              ['Content-Type', type],
            ],
          });
          expect(answer.body).contain('origin-refused');
          expect(answer.headers).not.have.property('access-control-allow-origin');
        }
        expect(at.calls).eql([]);
      });
    }
  }

  for (const dialect of dialects.filter(({ protocol }) => protocol !== 'rest')) {
    it(`${dialect.name}: nobody can send a call as text or as a form`, async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=b',
        'application/octet-stream',
      ]) {
        const answer = await ask(at.port, callOf(dialect, { headers: [['Content-Type', type]] }));
        expect(answer.status, type).equal(415);
        expect(answer.body).contain('unsupported-media-type');
        expect(answer.headers['content-type']).not.contain('text/plain');
      }
      expect(at.calls).eql([]);
    });
  }

  for (const dialect of dialects) {
    const untyped = callOf(dialect);
    const bare: Plain = { ...untyped, headers: [['Host', 'localhost']] };
    if (dialect.protocol === 'xmlrpc') {
      it('XML-RPC is taken without a Content-Type from callers that are no browsers', async () => {
        expect(dialect.result(await ask(at.port, bare))).equal('hello');
        const fromPage = await ask(at.port, {
          ...bare,
          headers: [
            ['Host', 'localhost'],
            ['Origin', friend],
          ],
        });
        expect(fromPage.status).equal(415);
        expect(dialect.fault(fromPage).code).equal('unsupported-media-type');
        expect(at.calls).eql(['hello']);
      });
    } else if (dialect.name !== 'SOAP 1.2') {
      it(`${dialect.name}: a POST without Content-Type is 415`, async () => {
        const answer = await ask(at.port, bare);
        expect(answer.status).equal(415);
        expect(dialect.fault(answer).code).equal('unsupported-media-type');
        expect(at.calls).eql([]);
      });
    }

    it(`${dialect.name}: a listed page may ask before and then call`, async () => {
      const asking: Plain = {
        method: 'OPTIONS',
        path: dialect.path,
        headers: [
          ['Host', 'localhost'],
          ['Origin', friend],
          ['Access-Control-Request-Method', 'POST'],
          ['Access-Control-Request-Headers', 'content-type'],
        ],
      };
      const preflight = await ask(at.port, asking);
      expect(preflight.status).equal(204);
      expect(preflight.headers['access-control-allow-origin']).equal(friend);
      expect(preflight.headers['access-control-allow-methods']).contain('POST');
      expect(preflight.headers['access-control-allow-headers']?.toLowerCase()).contain('content-type');
      expect(preflight.headers['vary']?.toLowerCase()).contain('origin');
      expect(preflight.headers).not.have.property('access-control-allow-credentials');
      const answer = await ask(at.port, callOf(dialect, { headers: [['Origin', friend]] }));
      expect(dialect.result(answer)).equal('hello');
      expect(answer.headers['access-control-allow-origin']).equal(friend);
      expect(answer.headers['access-control-expose-headers']?.toLowerCase()).contain('x-request-id');
      expect(at.calls).eql(['hello']);
    });

    it(`${dialect.name}: a foreign page is refused when it asks before`, async () => {
      const headers = [
        ['Host', 'localhost'],
        ['Origin', 'https://evil.example'],
        ['Access-Control-Request-Method', 'POST'],
      ] as const;
      const answer = await ask(at.port, { method: 'OPTIONS', path: dialect.path, headers });
      expect(answer.body).contain('origin-refused');
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).eql([]);
    });

    it(`${dialect.name}: a listed page may read why it was refused`, async () => {
      const answer = await ask(at.port, callOf(dialect, { body: 'broken', headers: [['Origin', friend]] }));
      expect(answer.headers['access-control-allow-origin']).equal(friend);
      expect(dialect.fault(answer).code).equal('malformed');
    });

    it(`${dialect.name}: OPTIONS runs nothing and tells what is allowed`, async () => {
      const answer = await ask(at.port, callOf(dialect, { method: 'OPTIONS' }));
      expect(answer.status).equal(204);
      expect(answer.headers['allow']).contain('POST').and.contain('OPTIONS');
      expect(answer.headers).not.have.property('access-control-allow-methods');
      expect(at.calls).eql([]);
    });
  }
});
