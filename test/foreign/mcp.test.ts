import { Client, ProtocolError, SdkHttpError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect } from 'chai';
import { createServer, type Server } from '../../index.ts';
import { sampleFunctions } from '../../services/sample/index.ts';
import { openHouse } from '../access/house.ts';
import { kindsAnswer } from './json-clients.ts';
import { areSampleUsers, customField, newUser, oddText } from './sample-server.ts';

/** How the client finds out which revision to speak, and which it then does. */
const modes = [
  { title: 'with a handshake', versionNegotiation: { mode: 'legacy' }, revision: '2025-11-25' },
  { title: 'as it finds out', versionNegotiation: { mode: 'auto' }, revision: '2026-07-28' },
  { title: 'without a handshake', versionNegotiation: { mode: { pin: '2026-07-28' } }, revision: '2026-07-28' },
] as const;

/** The error object in the text of a tool's result. */
function toolError(result: object): Readonly<Record<string, unknown>> {
  const { isError, content } = result as { isError?: boolean; content: readonly { text: string }[] };
  expect(isError).equal(true);
  return JSON.parse(content[0]?.text ?? '') as Readonly<Record<string, unknown>>;
}

describe('@modelcontextprotocol/client', () => {
  let server: Server;
  let url: URL;
  before(async () => {
    const settings = { enablewebservices: true, enabledwsprotocols: ['mcp'], enabledwsfunctions: ['*'] };
    server = await createServer({ functions: sampleFunctions, log: false, settings });
    url = new URL('/mcp', (await server.listen({ port: 0 })).url);
  });
  after(() => server.close(1_000));

  for (const { title, versionNegotiation, revision } of modes) {
    describe(title, () => {
      let client: Client;
      beforeEach(async () => {
        client = new Client({ name: 'test', version: '1' }, { versionNegotiation });
        await client.connect(new StreamableHTTPClientTransport(url));
        await client.listTools(); // from then on it holds results against their schemas
      });
      afterEach(() => client.close());
      const call = (name: string, params: Record<string, unknown> = {}) => client.callTool({ name, arguments: params });
      const value = async (name: string, params?: Record<string, unknown>) => {
        const { isError, structuredContent, content } = await call(name, params);
        expect(isError, JSON.stringify(content)).not.equal(true);
        return structuredContent as Readonly<Record<string, unknown>>;
      };

      it(`speaks ${revision}`, () => {
        expect(client.getNegotiatedProtocolVersion()).equal(revision);
        expect(client.getServerVersion()).include({ name: 'polywire' });
        expect(client.getServerCapabilities()).deep.equal({ tools: {} });
        expect(client.getInstructions()).a('string');
      });

      it('lists every function', async () => {
        const { tools } = await client.listTools();
        const names = sampleFunctions.filter(({ listed }) => listed).map(({ name }) => name.replaceAll('.', '_'));
        expect(tools.map(({ name }) => name)).eql(names.sort());
        for (const { inputSchema, outputSchema, annotations, title: own, description } of tools) {
          expect([inputSchema.type, outputSchema?.['type']]).eql(['object', 'object']);
          expect([typeof annotations?.readOnlyHint, typeof own, typeof description]).eql([
            'boolean',
            'string',
            'string',
          ]);
        }
      });

      it('calls every function by its examples, and their results fit', async () => {
        const left: string[] = [];
        for (const { name, inputSchema } of (await client.listTools()).tools) {
          const bare = (inputSchema.required ?? []).length === 0 ? [{}] : [];
          const examples = (inputSchema['examples'] ?? bare) as Record<string, unknown>[];
          for (const example of examples) await call(name, example); // throws where a result is not as its schema says
          if (examples.length === 0) left.push(name);
        }
        expect(left).eql(['sample_create_users']); // its examples have secrets in them, and are not shown
      });

      it('reads a structure', async () => {
        expect(await value('test_kinds', { value: oddText })).eql(kindsAnswer);
      });
      it('sends and reads lists of one', async () => {
        const users = [{ ...newUser, customfields: [customField] }];
        expect(await value('sample_create_users', { users })).eql({ result: [{ id: 1, username: 'ana' }] });
      });
      it('reads 1,000 records', async () => {
        const { result } = await value('sample_get_users');
        expect(areSampleUsers(result as readonly unknown[])).equal(true);
      });
      it('reads a declared fault', async () => {
        const error = toolError(await call('test_fail', { reason: oddText }));
        expect(error).deep.include({ code: 'test-refused', data: { reason: oddText, attempts: 3 } });
      });
      it('reads what does not fit', async () => {
        expect(toolError(await call('test_add', { a: 'x', b: 3 }))).nested.include({ 'issues[0].path': 'a' });
      });
      it('reads that a tool does not exist', async () => {
        const reason = await call('test_nothing').catch((caught: unknown) => caught);
        expect(reason).instanceOf(ProtocolError).include({ code: -32602 });
      });
    });
  }

  it('is told by 401 that its credentials are wrong, and calls with right ones', async () => {
    const house = await openHouse({ kind: 'sqlite' });
    try {
      const own = new URL('/mcp', house.url);
      const { secret } = await house.admin<{ secret: string }>('create_key', { name: 'Robot' });
      const connect = async (key: string) => {
        const client = new Client({ name: 'test', version: '1' });
        const requestInit = { headers: { 'X-API-Key': key } };
        await client.connect(new StreamableHTTPClientTransport(own, { requestInit }));
        return client;
      };
      const reason = await connect(`${secret}x`).catch((caught: unknown) => caught);
      expect(reason).instanceOf(SdkHttpError).include({ status: 401 });
      const client = await connect(secret);
      const { structuredContent } = await client.callTool({ name: 'test_client', arguments: { text: 'hello' } });
      expect(structuredContent).eql({ result: 'hello Robot' });
      await client.close();
    } finally {
      await house.close();
    }
  });

  it('finds and calls functions where they are many', async () => {
    await server.settings.update(() => ({ mcp: { tools: 3 } }));
    const client = new Client({ name: 'test', version: '1' });
    try {
      await client.connect(new StreamableHTTPClientTransport(url));
      expect((await client.listTools()).tools.map(({ name }) => name)).eql(['search', 'describe', 'call']);
      const found = await client.callTool({ name: 'search', arguments: { query: 'add numbers' } });
      expect(found.structuredContent).nested.include({ 'functions[0].name': 'test_add' });
      const described = await client.callTool({ name: 'describe', arguments: { name: 'test_add' } });
      const [example] = (described.structuredContent as { examples: unknown[] }).examples;
      const called = await client.callTool({ name: 'call', arguments: { name: 'test_add', arguments: example } });
      expect(called.structuredContent).eql({ result: 5 });
    } finally {
      await client.close();
      await server.settings.update(() => ({ mcp: { tools: 40 } }));
    }
  });
});
