import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { Server } from '../../../index.ts';
import { exampleJson } from '../../../lib/json/example.ts';
import { documented, documentedServer } from '../documented.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
  readonly [member: string]: unknown;
}

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { readonly get?: Operation; readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly responses: Readonly<Record<string, unknown>>;
    readonly headers: object;
    readonly securitySchemes: object;
  };
}

/** Where a schema of a document is, as a JSON pointer (RFC 6901). */
const pointer = (...steps: readonly string[]): string =>
  `document#/${steps.map((step) => encodeURIComponent(step.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`;

describe('OpenAPI', () => {
  let server: Server;
  let url = '';
  let document: Document;
  before(async () => {
    server = await documentedServer();
    ({ url } = await server.listen({ port: 0 }));
    document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  });
  after(() => server.close(0));

  const operation = (name: string, method: 'get' | 'post' = 'post'): Operation => {
    const found = document.paths[`/rest/${name}`]?.[method];
    if (found === undefined) throw new Error(`there is no ${method} ${name}`);
    return found;
  };

  it('is valid under a validator that others wrote', async () => {
    expect(await new Validator().validate(structuredClone(document) as never)).to.include({ valid: true });
  });

  it('has what is listed and on, and nothing else', () => {
    const names = documented.map(({ name }) => `/rest/${name}`).sort();
    expect(Object.keys(document.paths)).to.deep.equal(names.filter((name) => !/hidden|off/.test(name)));
  });

  it('is the same as YAML', async () => {
    const response = await fetch(`${url}/openapi.yaml`);
    expect(response.headers.get('content-type')).to.equal('application/yaml; charset=utf-8');
    expect(parse(await response.text())).to.deep.equal(document);
  });

  it('names the address by which it was asked for', () => {
    expect(document.servers).to.deep.equal([{ url }]);
  });

  it('has GET for what only reads and fits a query', () => {
    const methods = Object.entries(document.paths).map(([path, item]) => `${path} ${Object.keys(item).join()}`);
    expect(methods).to.include.members([
      '/rest/shop.find get,post',
      '/rest/shop.put post',
      '/rest/shop.raw post',
      '/rest/sample.create_users post',
    ]);
    const query = operation('shop.find', 'get').parameters?.map((one) => `${one.name} ${one.in} ${one.required}`);
    expect(query).to.deep.equal([
      'ids[] query true',
      'word query false',
      'since query false',
      'place query false',
      'open query false',
    ]);
  });

  it('gives every operation an id of its own', () => {
    const ids = Object.values(document.paths).flatMap(({ get, post }) => [get, post].map((one) => one?.operationId));
    const named = ids.filter((id) => id !== undefined);
    expect(new Set(named).size).to.equal(named.length);
    expect(named).to.include('shop_find').and.to.include('shop_find-get');
  });

  it('tells what a caller needs, and what is deprecated', () => {
    const put = operation('shop.put');
    expect(put).to.deep.include({
      deprecated: true,
      externalDocs: { url: 'https://example.org/help/put' },
      security: [{ key: [] }, { key: [], token: [] }, { signature: [] }, { signature: [], token: [] }],
    });
    expect(put['description']).to.contain('shop:put').and.to.contain('shop.store');
    expect(operation('shop.clear')).not.to.have.property('security');
    expect(document.components.securitySchemes).to.have.all.keys('key', 'signature', 'token');
  });

  it('tells the headers of answers where they are sent', () => {
    const headersOf = (at: unknown): readonly string[] => Object.keys((at as { headers: object }).headers);
    const { responses, headers } = document.components;
    expect(headersOf(operation('shop.clear').responses[200])).to.include.members([
      'X-Request-Id',
      'Idempotency-Replayed',
    ]);
    expect(headersOf(operation('shop.find').responses[404])).to.include.members(['X-Request-Id', 'RateLimit-Limit']);
    expect(headersOf(responses['Error401'])).to.deep.equal(['X-Request-Id', 'WWW-Authenticate']);
    expect(headersOf(responses['Error405'])).to.deep.equal(['X-Request-Id', 'Allow']);
    expect(headersOf(responses['Error429'])).to.deep.equal(['X-Request-Id', 'Retry-After']);
    expect(Object.keys(headers)).to.include.members(['Retry-After', 'RateLimit-Reset', 'X-Renewed-Token']);
  });

  it('has all digits of the range of 64-bit integers, and wants a body of every POST', async () => {
    const text = await (await fetch(`${url}/openapi.json`)).text();
    expect(text).to.contain('"minimum":-9223372036854775808,"exclusiveMaximum":9223372036854775808,"format":"int64"');
    expect(operation('shop.clear')).to.have.nested.property('requestBody.required', true);
    expect(await (await fetch(`${url}/openapi.yaml`)).text()).to.contain('exclusiveMaximum: 9223372036854775808\n');
  });

  it('shows defaults and examples as they stand in JSON', () => {
    const media = ['requestBody', 'content', 'application/json'];
    const find = operation('shop.find') as unknown as Readonly<Record<string, never>>;
    const at = (object: Readonly<Record<string, never>>, ...steps: readonly string[]): unknown =>
      steps.reduce<Readonly<Record<string, never>>>((one, step) => one[step] as never, object);
    expect(at(find, ...media, 'schema', 'properties', 'since', 'default')).to.equal('2020-01-01T00:00:00.000Z');
    expect(at(find, ...media, 'examples', 'example2', 'value')).to.deep.equal({
      ids: ['1', '2'],
      place: { city: 'Faro', floor: 2 },
    });
  });

  it('shows no example with a secret in it', () => {
    expect(JSON.stringify(document)).not.to.contain('a-long-secret');
  });

  describe('holds for real answers', () => {
    /** Whether an answer is what the document says of its status. */
    async function check(response: Response, operationOf: readonly string[], one: Operation): Promise<void> {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema({ ...document, $id: 'document' } as object);
      const told = one.responses[response.status];
      if (told === undefined) throw new Error(`the document has no ${response.status}`);
      const steps =
        told.$ref === undefined ? [...operationOf, 'responses', `${response.status}`] : told.$ref.slice(2).split('/');
      const schema = { $ref: pointer(...steps, 'content', 'application/json', 'schema') };
      const fits = ajv.compile(schema);
      const body: unknown = await response.json();
      expect(fits(body), `${JSON.stringify(body).slice(0, 300)} ${ajv.errorsText(fits.errors)}`).to.equal(true);
    }

    const post = (name: string, body: string): Promise<Response> =>
      fetch(`${url}/rest/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });

    for (const fn of documented.filter(({ name }) => !/hidden|off/.test(name))) {
      it(`of ${fn.name}`, async () => {
        const one = operation(fn.name);
        for (const { params } of fn.examples) {
          const response = await post(fn.name, JSON.stringify(exampleJson(fn, params)));
          await check(response, ['paths', `/rest/${fn.name}`, 'post'], one);
        }
        await check(await post(fn.name, '{"nonsense":1}'), ['paths', `/rest/${fn.name}`, 'post'], one);
        await check(await post(fn.name, '{'), ['paths', `/rest/${fn.name}`, 'post'], one);
      });
    }

    it('of a query as the document has it', async () => {
      const one = operation('shop.find', 'get');
      const response = await fetch(`${url}/rest/shop.find?ids[]=1&ids[]=2&place[city]=Faro&open=false`);
      expect(response.status).to.equal(200);
      await check(response, ['paths', '/rest/shop.find', 'get'], one);
    });

    it('of an error that a function declares', async () => {
      const response = await post('shop.find', '{"ids":["-1"]}');
      expect(response.status).to.equal(404);
      await check(response, ['paths', '/rest/shop.find', 'post'], operation('shop.find'));
    });
  });

  it('is for known callers where the settings say so, and off with REST', async () => {
    const known = await documentedServer({ documents: 'authenticated' });
    const off = await documentedServer({ enabledwsprotocols: ['jsonrpc'] });
    try {
      const [one, other] = await Promise.all([known.listen({ port: 0 }), off.listen({ port: 0 })]);
      expect((await fetch(`${one.url}/openapi.json`)).status).to.equal(401);
      expect((await fetch(`${other.url}/openapi.json`)).status).to.equal(403);
    } finally {
      await Promise.all([known.close(0), off.close(0)]);
    }
  });

  it('answers GET and HEAD only', async () => {
    const response = await fetch(`${url}/openapi.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
    expect((await fetch(`${url}/openapi.json`, { method: 'HEAD' })).status).to.equal(200);
  });

  it('has the methods that its paths answer, as they say themselves', async () => {
    const allow = async (name: string, method: string): Promise<string | null> =>
      (await fetch(`${url}/rest/${name}`, { method })).headers.get('allow');
    expect(await allow('shop.clear', 'OPTIONS')).to.equal('POST, OPTIONS');
    expect(await allow('shop.raw', 'OPTIONS')).to.equal('POST, OPTIONS');
    expect(await allow('shop.clear', 'PUT')).to.equal('POST');
    expect(await allow('shop.clear', 'GET')).to.equal('POST');
    expect(await allow('shop.find', 'OPTIONS')).to.equal('GET, HEAD, POST, OPTIONS');
    expect(await allow('shop.hidden', 'OPTIONS')).to.equal(await allow('shop.none', 'OPTIONS'));
    const known = await documentedServer({ documents: 'authenticated' });
    try {
      const { url: other } = await known.listen({ port: 0 });
      const answer = await fetch(`${other}/rest/shop.clear`, { method: 'OPTIONS' });
      expect(answer.headers.get('allow'), 'what is there is no secret of documents only').to.equal(
        'GET, HEAD, POST, OPTIONS',
      );
    } finally {
      await known.close(0);
    }
  });
});
