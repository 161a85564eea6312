import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { titleOf } from '../../../protocols/mcp/tool.ts';
import { sampleFunctions } from '../../../services/sample/index.ts';
import { functions, type McpSite, many, mcpSite, ran, toolError, toolsOf } from './site.ts';

const names = ['breaks', 'points_add', 'points_clear', 'points_move', 'points_named', 'users_get_users'];

describe('protocols/mcp: tools', () => {
  let site: McpSite;
  before(async () => {
    site = await mcpSite();
  });
  beforeEach(() => {
    ran.length = 0;
  });
  after(() => site.server.close(0));

  it('are the listed functions that the caller may call, by their names', async () => {
    expect(toolsOf(await site.ask('tools/list')).map(({ name }) => name)).eql(names);
    expect(toolsOf(await site.askStateless('tools/list')).map(({ name }) => name)).eql(names);
  });

  it('tell what a function is', async () => {
    const tool = toolsOf(await site.ask('tools/list')).find(({ name }) => name === 'users_get_users');
    expect(tool).eql({
      name: 'users_get_users',
      title: 'Users: get users',
      description: 'Finds users by one field.',
      inputSchema: {
        type: 'object',
        properties: {
          field: { type: 'string', enum: ['id', 'email'], description: 'What to look at.' },
          limit: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
        },
        required: ['field'],
        additionalProperties: false,
        examples: [{ field: 'email' }],
      },
      outputSchema: {
        type: 'object',
        properties: { result: { type: 'array', items: { $ref: '#/$defs/McpPoint' } } },
        required: ['result'],
        additionalProperties: false,
        $defs: {
          McpPoint: {
            title: 'McpPoint',
            type: 'object',
            properties: {
              x: { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
              y: { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
            },
            required: ['x'],
            additionalProperties: false,
          },
        },
      },
      annotations: {
        title: 'Users: get users',
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    });
  });

  it('tell what a function does to the site', async () => {
    const hints = toolsOf(await site.ask('tools/list')).map(({ name, annotations }) => {
      const { readOnlyHint, destructiveHint, idempotentHint } = annotations;
      return [name, readOnlyHint, destructiveHint, idempotentHint];
    });
    expect(hints).eql([
      ['breaks', true, false, true],
      ['points_add', false, false, false],
      ['points_clear', false, true, false],
      ['points_move', false, true, true],
      ['points_named', true, false, true],
      ['users_get_users', true, false, true],
    ]);
  });

  it('say what to use in place of one that is on its way out', async () => {
    const tool = toolsOf(await site.ask('tools/list')).find(({ name }) => name === 'points_add');
    expect(tool?.description).equal('Adds a point. Deprecated since 2.0; use points_move.');
  });

  for (const [name, title] of [
    ['echo', 'Echo'],
    ['users.get_users', 'Users: get users'],
    ['core.userAdmin.getAll', 'Core: user admin: get all'],
  ] as const) {
    it(`are called "${title}" where the function is ${name}`, () => expect(titleOf(name)).equal(title));
  }

  for (const [name, params, structured] of [
    ['users_get_users', { field: 'id' }, { result: [{ x: 1 }] }],
    ['points.named', {}, { a: { x: 1 } }],
    ['points_move', { point: { x: 1 }, id: '9223372036854775807' }, { x: 2 }],
    ['points_add', {}, { result: null }],
    ['hidden', {}, { result: null }],
  ] as const) {
    it(`give structured content and its text: ${name}`, async () => {
      const { status, result } = await site.ask('tools/call', { name, arguments: params });
      expect(status).equal(200);
      expect(result).eql({
        content: [{ type: 'text', text: JSON.stringify(structured) }],
        structuredContent: structured,
      });
    });
  }

  it('read numbers to the last digit', async () => {
    const call = '{"name":"points_move","arguments":{"point":{"x":1},"id":9223372036854775807}}';
    await site.post(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${call}}`);
    expect(ran).eql(['points.move 9223372036854775807']);
  });

  it('have schemas that compile, and whose structured contents fit', async () => {
    const own = await mcpSite(sampleFunctions, { mcp: { tools: 1_000 } });
    try {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      const tools = toolsOf(await own.ask('tools/list'));
      expect(JSON.stringify(tools)).not.match(/"format":"(?!date"|date-time")/); // clients warn of others
      expect(tools).have.length(sampleFunctions.filter(({ listed }) => listed).length);
      for (const { name, inputSchema, outputSchema } of tools) {
        const takes = ajv.compile(inputSchema);
        const fits = ajv.compile(outputSchema as object);
        for (const example of (inputSchema['examples'] ?? []) as object[]) {
          expect(takes(example), `${name} ${JSON.stringify(takes.errors)}`).equal(true);
          const { result } = await own.ask('tools/call', { name, arguments: example });
          if (result?.['isError'] === true) continue;
          expect(fits(result?.['structuredContent']), `${name} ${JSON.stringify(fits.errors)}`).equal(true);
        }
      }
    } finally {
      await own.server.close(0);
    }
  });

  describe('that fail', () => {
    it('say so in their result, where a model reads it, and structured beside it', async () => {
      const answer = await site.ask('tools/call', { name: 'users_get_users', arguments: { field: 'x' } });
      expect(answer).deep.include({ status: 200, id: 1 });
      expect(answer.result).include({ isError: true }).and.not.have.property('structuredContent');
      const error = toolError(answer);
      expect(error).include({ code: 'invalid-params' }).nested.include({ 'issues[0].path': 'field' });
      expect(answer.result?.['_meta']).eql({ 'polywire/error': error });
    });
    it('tell declared errors with their data', async () => {
      const error = toolError(await site.ask('tools/call', { name: 'points_clear' }));
      expect(error).deep.include({ code: 'points-locked', message: 'The points are locked', data: { x: 5 } });
    });
    it('hide what broke', async () => {
      const answer = await site.ask('tools/call', { name: 'breaks' });
      expect(toolError(answer)).include({ code: 'internal' });
      expect(answer.text).not.contain('secret');
    });
    it('say who is asked for', async () => {
      expect(toolError(await site.ask('tools/call', { name: 'private_read' }))).include({ code: 'unauthenticated' });
    });
    it('take arguments by name only', async () => {
      for (const wrong of [[], 'x', 1, true]) {
        const error = toolError(await site.ask('tools/call', { name: 'points_named', arguments: wrong }));
        expect(error).nested.include({ code: 'invalid-params', 'issues[0].path': 'arguments' });
      }
    });
  });

  for (const name of ['nothing', 'internal', 'mcp/ping', 'mcp/tools/list', 'constructor', '__proto__', '']) {
    it(`do not exist: ${name}`, async () => {
      const { status, error } = await site.ask('tools/call', { name, arguments: {} });
      expect({ status, code: error?.code, ours: error?.data['code'] }).eql({
        status: 200,
        code: -32602,
        ours: 'unknown-function',
      });
      const stateless = await site.askStateless('tools/call', { name, arguments: {} });
      expect({ status: stateless.status, code: stateless.error?.code }).eql({ status: 200, code: -32602 });
    });
  }

  it('have a name that is text', async () => {
    for (const name of [undefined, null, 1, ['points_named']]) {
      const { status, error } = await site.ask('tools/call', { name });
      expect({ status, code: error?.code }).eql({ status: 200, code: -32602 });
    }
  });
});

describe('protocols/mcp: many tools', () => {
  async function listed(count: number, settings: object): Promise<{ pages: number; names: readonly string[] }> {
    const site = await mcpSite(many(count), settings);
    try {
      const found: string[] = [];
      let cursor: unknown;
      let pages = 0;
      do {
        const answer = await site.ask('tools/list', cursor === undefined ? {} : { cursor });
        found.push(...toolsOf(answer).map(({ name }) => name));
        cursor = answer.result?.['nextCursor'];
        pages++;
      } while (cursor !== undefined);
      return { pages, names: found };
    } finally {
      await site.server.close(0);
    }
  }
  const all = (count: number) => many(count).map(({ name }) => name.replace('.', '_'));

  it('come page by page, each once', async () => {
    for (const [count, page, pages] of [
      [7, 3, 3],
      [6, 3, 2],
      [3, 3, 1],
    ] as const) {
      expect(await listed(count, { mcp: { page } })).eql({ pages, names: all(count) });
    }
  });
  it('are 40 at most, where the setting says no other', async () => {
    expect(await listed(40, {})).eql({ pages: 1, names: all(40) });
    expect(await listed(41, {})).eql({ pages: 1, names: ['search', 'describe', 'call'] });
    expect(await listed(41, { mcp: { tools: 41 } })).eql({ pages: 1, names: all(41) });
    expect(await listed(1, { mcp: { tools: 0 } })).eql({ pages: 1, names: ['search', 'describe', 'call'] });
  });
  it('take no cursor that is none of theirs', async () => {
    const site = await mcpSite(functions);
    try {
      for (const cursor of ['x', '!', '', 'cG9pbnRz=', 'LS0t', 7, null]) {
        const { status, error } = await site.ask('tools/list', { cursor });
        expect({ cursor, status, code: error?.code }).eql({ cursor, status: 200, code: -32602 });
        expect(error?.data).nested.include({ 'issues[0].path': 'cursor' });
      }
    } finally {
      await site.server.close(0);
    }
  });
  it('cost no module of the SDK', async () => {
    const code = await readFile(new URL('../../../protocols/mcp/index.js', import.meta.url), 'utf8');
    expect(code).not.contain('@modelcontextprotocol');
  });
});
