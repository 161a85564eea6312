import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { Server } from '../../../index.ts';
import { exampleJson } from '../../../lib/json/example.ts';
import { documented, documentedServer } from '../documented.ts';

interface Method {
  readonly name: string;
  readonly params: readonly { readonly name: string; readonly required: boolean; readonly schema: object }[];
  readonly errors?: readonly { readonly code: number }[];
  readonly [member: string]: unknown;
}

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly methods: readonly Method[];
}

const require = createRequire(import.meta.url);
const metaSchema = require('@open-rpc/meta-schema') as { readonly openrpcDocument: Readonly<Record<string, unknown>> };
/** What the meta-schema refers to for JSON Schemas, which ajv has under another name. */
const jsonSchema = {
  $ref: 'http://json-schema.org/draft-07/schema#',
  definitions: { JSONSchemaObject: { properties: { $ref: { type: 'string' } } } },
};

describe('OpenRPC', () => {
  let server: Server;
  let url = '';
  let document: Document;
  before(async () => {
    server = await documentedServer();
    ({ url } = await server.listen({ port: 0 }));
    document = (await (await fetch(`${url}/openrpc.json`)).json()) as Document;
  });
  after(() => server.close(0));

  async function call(method: string, params: object = {}): Promise<{ result?: unknown; error?: { code: number } }> {
    const response = await fetch(`${url}/jsonrpc`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }),
    });
    return (await response.json()) as { result?: unknown; error?: { code: number } };
  }

  const method = (name: string): Method => {
    const found = document.methods.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no method ${name}`);
    return found;
  };

  it('is valid against the meta-schema', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const $id of ['https://meta.json-schema.tools', 'https://meta.json-schema.tools/'])
      ajv.addSchema({ $id, ...jsonSchema });
    const { $schema, ...schema } = metaSchema.openrpcDocument;
    expect($schema).to.equal('https://meta.json-schema.tools/');
    const fits = ajv.compile(schema);
    expect(fits(document), ajv.errorsText(fits.errors)).to.equal(true);
  });

  it('has what is listed and on, in order, and where to call it', () => {
    const names = documented.map(({ name }) => name).filter((name) => !/hidden|off/.test(name));
    expect(document.methods.map(({ name }) => name)).to.deep.equal(names.sort());
    expect(document.servers).to.deep.equal([{ name: 'default', url: `${url}/jsonrpc` }]);
  });

  it('has parameters in their order, declared errors and examples', () => {
    const find = method('shop.find');
    expect(find.params.map(({ name, required }) => `${name} ${required}`)).to.deep.equal([
      'ids true',
      'word false',
      'since false',
      'place false',
      'open false',
    ]);
    expect(find.errors?.map(({ code }) => code)).to.deep.equal([2_001]);
    expect(find).to.have.nested.property('examples[1].params[0].value').that.deep.equals(['1', '2']);
    expect(method('shop.put')).to.include({ deprecated: true });
  });

  it('shows no example with a secret in it', () => {
    expect(JSON.stringify(document)).not.to.contain('a-long-secret');
  });

  it('is what rpc.discover answers, less the address', async () => {
    const { result } = await call('rpc.discover');
    const { servers, ...rest } = document;
    expect(servers).to.have.length(1);
    expect(result).to.deep.equal(rest);
  });

  it('follows the switches when asked again', async () => {
    const names = async (): Promise<readonly string[]> =>
      ((await call('rpc.discover')).result as Document).methods.map(({ name }) => name);
    const before = await names();
    expect(await names()).to.deep.equal(before);
    const { enabledwsfunctions } = server.settings.current();
    await server.settings.update(() => ({
      enabledwsfunctions: enabledwsfunctions.filter((name) => name !== 'shop.clear'),
    }));
    expect(await names()).to.deep.equal(before.filter((name) => name !== 'shop.clear'));
    await server.settings.update(() => ({ enabledwsfunctions }));
    expect(await names()).to.deep.equal(before);
  });

  it('holds for real results', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'document' } as object);
    for (const [index, { name }] of document.methods.entries()) {
      const fn = documented.find((one) => one.name === name);
      const fits = ajv.compile({ $ref: `document#/methods/${index}/result/schema` });
      for (const { params } of fn?.examples ?? []) {
        const { result, error } = await call(name, exampleJson(fn as never, params));
        if (error === undefined) expect(fits(result), `${name} ${ajv.errorsText(fits.errors)}`).to.equal(true);
        else expect([...(method(name).errors ?? []).map(({ code }) => code), -32010]).to.include(error.code);
      }
    }
  });

  it('holds for real errors', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'document' } as object);
    const index = document.methods.findIndex(({ name }) => name === 'shop.find');
    for (const [params, code, schema] of [
      [{ ids: ['-1'] }, 2_001, `document#/methods/${index}/errors/0/data`],
      [{ ids: 'x', more: 1 }, -32602, 'document#/components/errors/E32602/data'],
    ] as const) {
      const { error } = await call('shop.find', params);
      expect(error?.code).to.equal(code);
      const fits = ajv.compile({ $ref: schema });
      const { data } = error as { readonly data?: unknown };
      expect(fits(data), `${JSON.stringify(data)} ${ajv.errorsText(fits.errors)}`).to.equal(true);
      expect(fits({ ...(data as object), code: 'other' })).to.equal(false);
    }
  });

  it('is not to be had by POST, nor calls by GET', async () => {
    expect((await fetch(`${url}/jsonrpc`)).status).to.equal(405);
    const posted = await fetch(`${url}/openrpc.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(posted.status).to.equal(405);
  });
});
