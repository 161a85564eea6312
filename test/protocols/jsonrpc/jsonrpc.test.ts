import { expect } from 'chai';
import { createServer, type Server } from '../../../index.ts';
import { functions, ran } from './functions.ts';
import { specCases } from './spec-cases.ts';

interface Said {
  readonly jsonrpc: string;
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data: { readonly code: string; readonly issues?: readonly { path: string }[]; readonly data?: unknown };
  };
}

describe('protocols/jsonrpc', () => {
  let server: Server;
  let url: string;
  before(async () => {
    const enabledwsfunctions = ['*', 'auth.login'];
    server = await createServer({
      functions,
      log: false,
      settings: { enablewebservices: true, enabledwsprotocols: ['jsonrpc'], enabledwsfunctions },
    });
    url = `${(await server.listen({ port: 0 })).url}/jsonrpc`;
  });
  beforeEach(() => {
    ran.length = 0;
  });
  after(() => server.close(0));

  async function post(
    body: string,
    type = 'application/json',
  ): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': type } });
    return { status: answer.status, text: await answer.text() };
  }
  const say1 = async (body: string) => JSON.parse((await post(body)).text) as Said;
  const batch = async (members: readonly string[]) =>
    JSON.parse((await post(`[${members.join(',')}]`)).text) as readonly Said[];
  const call = (method: string, params?: unknown, id: unknown = 1) =>
    JSON.stringify({ jsonrpc: '2.0', method, params, id });

  /** The answer with what is free taken out: messages and data. */
  const bare = (answer: unknown): unknown =>
    JSON.parse(
      JSON.stringify(answer, (key, value: unknown) => (key === 'message' || key === 'data' ? undefined : value)),
    );

  for (const { name, request, response } of specCases) {
    it(`specification: ${name}`, async () => {
      const { status, text } = await post(request);
      if (response === undefined) expect({ status, text }).eql({ status: 204, text: '' });
      else expect({ status, answer: bare(JSON.parse(text)) }).eql({ status: 200, answer: response });
    });
  }

  for (const id of [
    '0',
    '-0',
    '1',
    '-7',
    '1.5',
    '1.0',
    '1e3',
    '0.0000001',
    '9007199254740993',
    '123456789012345678901234567890',
    '"x"',
    '""',
    '"1"',
    'null',
    '"\\u0000é\\ud83d\\ude00"',
  ]) {
    it(`repeats the id ${id} to the letter`, async () => {
      const { text } = await post(`{"jsonrpc":"2.0","method":"get_data","id":${id}}`);
      const repeated = /"id":(.*)\}$/.exec(text)?.[1] ?? '';
      if (id.startsWith('"')) expect(JSON.parse(repeated)).equal(JSON.parse(id));
      else expect(repeated).equal(id);
      const failed = await post(`{"jsonrpc":"2.0","method":"nothing","id":${id}}`);
      expect(failed.text.endsWith(`"id":${repeated}}`)).equal(true);
    });
  }

  for (const [what, request, code, id] of [
    ['an id of true', '{"jsonrpc":"2.0","method":"get_data","id":true}', -32600, null],
    ['an id that is a list', '{"jsonrpc":"2.0","method":"get_data","id":[1]}', -32600, null],
    ['an id that is an object', '{"jsonrpc":"2.0","method":"get_data","id":{}}', -32600, null],
    ['no version', '{"method":"get_data","id":1}', -32600, 1],
    ['version 1.0', '{"jsonrpc":"1.0","method":"get_data","id":1}', -32600, 1],
    ['version 2.0 as a number', '{"jsonrpc":2.0,"method":"get_data","id":1}', -32600, 1],
    ['params that are text', '{"jsonrpc":"2.0","method":"get_data","params":"x","id":1}', -32600, 1],
    ['params that are null', '{"jsonrpc":"2.0","method":"get_data","params":null,"id":1}', -32600, 1],
    ['params that are a long number', '{"jsonrpc":"2.0","method":"get_data","params":1e5,"id":1}', -32600, 1],
    ['a method that is null', '{"jsonrpc":"2.0","method":null,"id":1}', -32600, 1],
    ['no method', '{"jsonrpc":"2.0","id":1}', -32600, 1],
    ['a text', '"x"', -32600, null],
    ['null', 'null', -32600, null],
    ['a number', '1e5', -32600, null],
    ['nothing', '', -32700, null],
    ['a name twice', '{"jsonrpc":"2.0","method":"get_data","method":"sum","id":1}', -32600, null],
    ['a name twice, once escaped', '{"jsonrpc":"2.0","method":"get_data","\\u006dethod":"sum","id":1}', -32600, null],
    ['inherited members', '{"__proto__":{"jsonrpc":"2.0","method":"get_data","id":1}}', -32600, null],
    [
      'too deep',
      `{"jsonrpc":"2.0","method":"get_data","params":${'['.repeat(101)}${']'.repeat(101)},"id":1}`,
      -32600,
      null,
    ],
    ['a number too long', `{"jsonrpc":"2.0","method":"get_data","id":${'1'.repeat(1_001)}}`, -32600, null],
    ['a name that JSON-RPC keeps', call('rpc.none'), -32601, 1],
    ['rpc.anything', call('rpc.anything'), -32601, 1],
    ['system.listMethods', call('system.listMethods'), -32601, 1],
    ['an operation name', call('auth_login'), -32601, 1],
    ['another case', call('Sum', [1, 2, 3]), -32601, 1],
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty', ''].map(
      (name) => [`the method ${JSON.stringify(name)}`, call(name), -32601, 1] as const,
    ),
    ['too few parameters', call('sum', [1, 2]), -32602, 1],
    ['too many parameters', call('sum', [1, 2, 3, 4]), -32602, 1],
    ['an unknown parameter', call('sum', { a: 1, b: 2, c: 3, d: 4 }), -32602, 1],
    ['a parameter of another type', call('sum', [1, 2, '3']), -32602, 1],
    ['a number that is no int', '{"jsonrpc":"2.0","method":"sum","params":[1,2,3.0],"id":1}', -32602, 1],
    ['no parameters', call('sum'), -32602, 1],
    ['a result that does not fit', call('bad'), -32603, 1],
    ['a throw', call('throws'), -32603, 1],
    ['a deadline', call('late'), -32040, 1],
    ['nobody', call('private'), -32010, 1],
    ['a declared error', call('gone'), 7, 1],
  ] as const) {
    it(`answers ${code} to ${what}`, async () => {
      const { error, id: repeated, jsonrpc } = await say1(request);
      expect({ code: error?.code, id: repeated, jsonrpc }).eql({ code, id, jsonrpc: '2.0' });
      expect(error?.message).not.contain('secret').and.not.empty;
      expect(error?.data).include.keys('code', 'requestId');
    });
  }

  it('tells declared data and issues', async () => {
    expect((await say1(call('gone'))).error)
      .deep.include({ message: 'Gone' })
      .and.nested.include({ 'data.data.id': String(2n ** 60n) });
    const issues = (await say1(call('sum', [1, 'x']))).error?.data.issues ?? [];
    expect(issues.map(({ path }) => path)).members(['b', 'c']);
  });

  it('keeps digits that a double would lose', async () => {
    const { result } = await say1(
      '{"jsonrpc":"2.0","method":"exact","params":[0.10000000000000000001, 9007199254740993],"id":1}',
    );
    expect(result).eql(['0.10000000000000000001', '9007199254740993']);
    expect((await say1('{"jsonrpc":"2.0","method":"exact","params":[0.0000001, -1],"id":1}')).result).eql([
      '0.0000001',
      '-1',
    ]);
  });

  it('runs the members of a batch one after the other, and answers in their order', async () => {
    const answers = await batch([
      call('slow', ['a', 40], 'a'),
      call('slow', ['b', 1], 'b'),
      call('sum', [1, 1, 1], 'c'),
      call('slow', { text: 'd', ms: 0 }, 'd'),
    ]);
    expect(answers.map(({ id }) => id)).eql(['a', 'b', 'c', 'd']);
    expect(ran).eql(['a', 'b', 'd']);
  });

  it('takes 50 members and not 51, and runs none of these', async () => {
    expect(await batch(Array.from({ length: 50 }, (_, i) => call('get_data', [], i)))).have.length(50);
    const { status, text } = await post(`[${Array.from({ length: 51 }, () => call('notify_hello', [1])).join(',')}]`);
    expect((JSON.parse(text) as Said).error?.data.code).equal('too-large');
    expect(status).oneOf([200, 413]);
    expect(ran).eql([]);
  });

  it('refuses auth.* in a batch only', async () => {
    const [one, two] = await batch([call('auth.login'), call('get_data', [], 2)]);
    expect(one?.error?.data.code).equal('forbidden');
    expect(two?.result).eql(['hello', 5]);
    expect(ran).eql([]);
    expect((await say1(call('auth.login'))).result).equal(null);
  });

  it('runs notifications and answers none of them, wrong ones included', async () => {
    const quiet = JSON.stringify({ jsonrpc: '2.0', method: 'notify_hello', params: [7] });
    const answers = await batch([
      quiet,
      JSON.stringify({ jsonrpc: '2.0', method: 'notify_hello', params: ['x'] }),
      call('get_data', [], null),
      quiet,
    ]);
    expect(answers).eql([{ jsonrpc: '2.0', result: ['hello', 5], id: null }]);
    expect(ran).eql(['hello 7', 'hello 7']);
  });

  it('takes its own media types in UTF-8, and no other', async () => {
    const good = call('get_data');
    for (const type of [
      'application/json',
      'Application/JSON; charset=utf-8',
      'application/json-rpc',
      'application/jsonrequest',
    ])
      expect((await post(good, type)).status, type).equal(200);
    for (const type of ['text/plain', 'text/json', 'application/xml', 'application/json2', 'x'])
      expect((await post(good, type)).status, type).equal(415);
    expect((JSON.parse((await post(good, 'application/json; charset=utf-16')).text) as Said).error?.code).equal(-32700);
  });
});
