import { expect } from 'chai';
import { createServer, Fault, faultCodes, type Server } from '../../../index.ts';
import { createCatalog } from '../../../lib/catalog.ts';
import { readSettings } from '../../../lib/settings.ts';
import { createSite } from '../../../lib/site.ts';
import { encode } from '../../../protocols/rest/encode.ts';
import { type Envelope, functions } from './functions.ts';

const json = 'application/json';

describe('protocols/rest answers', () => {
  let server: Server;
  let url: string;
  before(async () => {
    server = await createServer({
      functions,
      log: false,
      settings: { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['*'] },
    });
    url = `${(await server.listen({ port: 0 })).url}/rest/`;
  });
  after(() => server.close(0));
  const get = (path: string, method = 'GET') => fetch(url + path, { method });

  it('repeats the request id, and null where nothing is returned', async () => {
    const answer = await get('take');
    expect(await answer.json()).eql({ status: 'ok', result: null, requestId: answer.headers.get('x-request-id') });
    expect(answer.headers.get('content-type')).equal('application/json; charset=utf-8');
  });

  it('lets only answers to GET and HEAD be kept, and only as the function says', async () => {
    expect((await get('kept')).headers.get('cache-control')).equal('public, max-age=60, s-maxage=5');
    expect((await get('kept', 'HEAD')).headers.get('cache-control')).equal('public, max-age=60, s-maxage=5');
    expect((await get('take')).headers.get('cache-control')).equal('no-store');
    expect((await get('kept?x=1')).headers.get('cache-control')).equal('no-store');
    const posted = await fetch(`${url}kept`, { method: 'POST', body: '{}', headers: { 'Content-Type': json } });
    expect(posted.headers.get('cache-control') ?? 'no-store').equal('no-store');
  });

  it('does not let GET or HEAD write', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get('write', method);
      expect(answer.status).equal(405);
      expect(answer.headers.get('allow')).equal('POST');
    }
  });

  it('gives declared errors their status, data and help', async () => {
    const answer = await get('gone');
    expect(answer.status).equal(410);
    expect((await answer.json()) as Envelope).nested.include({
      'error.code': 'rest-gone',
      'error.help': 'https://example.org/gone',
      'error.data.id': 5,
    });
  });

  for (const path of [
    'nothing',
    '',
    'take/',
    'take/more',
    'Take',
    'constructor',
    '__proto__',
    'take%00',
    'bytes_big',
    'take%2f',
  ])
    it(`knows no function ${path}`, async () => expect((await get(path)).status).equal(404));

  it('reads escapes in the path, and refuses broken ones', async () => {
    expect((await get('%74ake')).status).equal(200);
    expect((await get('take%')).status).equal(400);
    expect((await get('%E9')).status).equal(400);
  });

  it('takes more bytes where the function declares them, and only there', async () => {
    const body = JSON.stringify({ raw: Buffer.alloc(2_000_000).toString('base64') });
    const init = { method: 'POST', body, headers: { 'Content-Type': json } };
    expect((await (await fetch(`${url}bytes.big`, init)).json()) as Envelope).include({ result: 2_000_000 });
    expect((await fetch(`${url}take`, init)).status).equal(413);
  });

  for (const code of faultCodes) {
    it(`answers ${code} with a status of its own`, () => {
      const { status, headers } = encode(
        [{ ok: false, fn: undefined, fault: new Fault(code, 'x') }],
        { cacheable: true },
        'r',
        createSite(createCatalog([]), readSettings({})),
      );
      expect(status).within(400, 504);
      expect(headers['Cache-Control']).equal('no-store');
      expect(headers['WWW-Authenticate'] !== undefined).equal(status === 401);
    });
  }
});
