import { expect } from 'chai';
import { type AnyFunction, define, t } from '../../../index.ts';
import { search } from '../../../protocols/mcp/search.ts';
import { functions, type McpSite, many, mcpSite, ran, toolError, toolsOf } from './site.ts';

const always = { mcp: { tools: 0 } };

interface Found {
  readonly functions: readonly { readonly name: string; readonly readOnly: boolean }[];
  readonly total: number;
  readonly next?: number;
}

describe('protocols/mcp: the toolbox', () => {
  let site: McpSite;
  /** The same site, whose functions are a tool each. */
  let small: McpSite;
  before(async () => {
    site = await mcpSite(functions, always);
    small = await mcpSite();
  });
  beforeEach(() => {
    ran.length = 0;
  });
  after(() => Promise.all([site.server.close(0), small.server.close(0)]));

  const use = (name: string, own: object) => site.ask('tools/call', { name, arguments: own });
  const find = async (own: object): Promise<Found> => (await use('search', own)).result?.['structuredContent'] as Found;

  it('is three tools, of which one may change things', async () => {
    const tools = toolsOf(await site.ask('tools/list'));
    expect(
      tools.map(({ name, annotations }) => [name, annotations['readOnlyHint'], annotations['destructiveHint']]),
    ).eql([
      ['search', true, false],
      ['describe', true, false],
      ['call', false, true],
    ]);
    for (const { title, description, inputSchema } of tools) {
      expect([typeof title, typeof description, inputSchema['type']]).eql(['string', 'string', 'object']);
    }
    expect(tools[2]).not.have.property('outputSchema');
    expect(tools[2]?.inputSchema).deep.nested.include({
      'properties.arguments': {
        type: 'object',
        additionalProperties: {},
        description: 'By the input schema of the function.',
      },
    });
  });

  it('finds what the caller may call, and nothing else', async () => {
    const { functions: found, total } = await find({});
    expect(found.map(({ name }) => name)).eql([
      'breaks',
      'points_add',
      'points_clear',
      'points_move',
      'points_named',
      'users_get_users',
    ]);
    expect(total).equal(6);
    expect((await find({ query: 'hidden private internal' })).functions).eql([]);
  });

  it('finds page by page', async () => {
    const first = await find({ limit: 4 });
    expect([first.functions.length, first.total, first.next]).eql([4, 6, 4]);
    const second = await find({ limit: 4, offset: first.next });
    expect([second.functions.length, second.total, second.next]).eql([2, 6, undefined]);
  });

  it('describes a function by either name', async () => {
    for (const name of ['points_clear', 'points.clear']) {
      const { result } = await use('describe', { name });
      expect(result?.['structuredContent']).deep.include({
        name: 'points_clear',
        title: 'Points: clear',
        errors: [{ code: 'points-locked', message: 'The points are locked' }],
        examples: [],
      });
    }
    const { result } = await use('describe', { name: 'users_get_users' });
    const tool = toolsOf(await small.ask('tools/list')).find(({ name }) => name === 'users_get_users');
    expect(result?.['structuredContent']).deep.include({
      inputSchema: tool?.inputSchema,
      outputSchema: tool?.outputSchema,
      annotations: tool?.annotations,
      examples: [{ field: 'email' }],
    });
  });

  it('calls a function with its own checks, as though it were a tool', async () => {
    const params = { point: { x: 1 }, id: 5 };
    const { result } = await use('call', { name: 'points_move', arguments: params });
    expect(result).eql((await small.ask('tools/call', { name: 'points_move', arguments: params })).result);
    expect(toolError(await use('call', { name: 'points.move', arguments: {} }))).include({ code: 'invalid-params' });
    expect(toolError(await use('call', { name: 'private_read' }))).include({ code: 'unauthenticated' });
    expect(toolError(await use('call', { name: 'points_clear' }))).include({ code: 'points-locked' });
  });

  it('says in the result that a function does not exist, so that the model looks for another', async () => {
    for (const name of ['nothing', 'internal', 'mcp/ping', 'call']) {
      expect(toolError(await use('call', { name }))).include({ code: 'unknown-function' });
    }
    for (const name of ['nothing', 'hidden', 'private_read', 'internal']) {
      expect(toolError(await use('describe', { name }))).include({ code: 'unknown-function' });
    }
  });

  it('says what is wrong with its own arguments', async () => {
    for (const [tool, own, path] of [
      ['call', {}, 'name'],
      ['call', { name: 1 }, 'name'],
      ['call', { name: 'breaks', arguments: [] }, 'arguments'],
      ['describe', {}, 'name'],
      ['search', { limit: 101 }, 'limit'],
      ['search', { quarry: 'x' }, 'quarry'],
    ] as const) {
      expect(toolError(await use(tool, own))).nested.include({ code: 'invalid-params', 'issues[0].path': path });
    }
  });

  it('leaves functions callable by their own names', async () => {
    const { result } = await site.ask('tools/call', { name: 'points_named' });
    expect(result).deep.include({ structuredContent: { a: { x: 1 } } });
  });

  it('gives way to functions of its names', async () => {
    const own = ['search', 'call'].map((name) =>
      define(name, { description: 'Ours.', effect: 'read', returns: t.string(), handler: () => name }),
    ) as unknown as readonly AnyFunction[];
    const crowded = await mcpSite([...functions, ...own], always);
    try {
      expect(toolsOf(await crowded.ask('tools/list')).map(({ name }) => name)).eql([
        'search-functions',
        'describe',
        'call-function',
      ]);
      const value = async (name: string, params: object) =>
        (await crowded.ask('tools/call', { name, arguments: params })).result?.['structuredContent'];
      expect(await value('search', {})).eql({ result: 'search' });
      expect(await value('call', {})).eql({ result: 'call' });
      expect(await value('call-function', { name: 'search' })).eql({ result: 'search' });
      expect(await value('search-functions', { query: 'ours' })).deep.include({ total: 2 });
    } finally {
      await crowded.server.close(0);
    }
  });

  it('reaches an unlisted function of its names, and tells nobody of it', async () => {
    const unlisted = define('search', {
      description: 'Ours.',
      effect: 'read',
      listed: false,
      returns: t.string(),
      handler: () => 'ours',
    }) as unknown as AnyFunction;
    const crowded = await mcpSite([...functions, unlisted], always);
    try {
      expect(toolsOf(await crowded.ask('tools/list'))[0]?.name).equal('search');
      const { result } = await crowded.ask('tools/call', { name: 'call', arguments: { name: 'search' } });
      expect(result).deep.include({ structuredContent: { result: 'ours' } });
    } finally {
      await crowded.server.close(0);
    }
  });
});

describe('protocols/mcp: searching', () => {
  const fn = (name: string, description: string, params: Readonly<Record<string, string>> = {}): AnyFunction =>
    define(name, {
      description,
      effect: 'read',
      params: Object.fromEntries(Object.entries(params).map(([key, text]) => [key, t.string({ description: text })])),
      handler: () => {},
    }) as unknown as AnyFunction;
  const catalog = [
    fn('courses.enrol_user', 'Enrols somebody in a course.', { course: 'The course.', email: 'Of the person.' }),
    fn('courses.list', 'Lists all courses.'),
    fn('mail.send', 'Sends an e-mail to users.'),
    fn('users.create', 'Makes an account.', { username: 'A name.', email: 'Where to write to.' }),
    fn('users.get', 'Finds accounts by one field.'),
    fn('users.getPicture', 'Gives a portrait.'),
  ];
  const found = (query: string) => search(query, catalog).map(({ name }) => name);

  for (const [query, first] of [
    ['users.get', 'users.get'],
    ['users_get', 'users.get'],
    ['USERS GET', 'users.get'],
    ['get picture of user', 'users.getPicture'],
    ['enrol', 'courses.enrol_user'],
    ['enrolment of users in courses', 'courses.enrol_user'],
    ['create user with email', 'users.create'],
    ['portrait', 'users.getPicture'],
    ['account', 'users.create'],
  ] as const) {
    it(`finds ${first} first for "${query}"`, () => expect(found(query)[0]).equal(first));
  }
  it('finds names before descriptions', () => {
    expect(found('users').slice(0, 3)).members(['users.create', 'users.get', 'users.getPicture']);
    expect(found('users')).contain('mail.send');
  });
  it('finds nothing for words that are nowhere, and all for none', () => {
    expect(found('zebra')).eql([]);
    expect(found('  ,; ')).eql(catalog.map(({ name }) => name));
  });
  it('finds the same in the same order again', () => {
    const twice = many(50);
    const names = (query: string) => search(query, twice).map(({ name }) => name);
    expect(names('number')).eql(twice.map(({ name }) => name));
    expect(names('f00')).eql(names('f00'));
  });
});
