import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { calls, functions, type House, openHouse } from './house.ts';

type Headers = Readonly<Record<string, string>>;

interface Said {
  readonly status: number;
  readonly headers: globalThis.Headers;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly data: { readonly code: string } };
}

interface Noted {
  readonly protocol: string;
  readonly code: string;
}

overDatabases('tools of one caller', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
  });
  after(() => house.close());
  beforeEach(() => {
    calls.length = 0;
  });

  async function ask(method: string, params: object = {}, headers: Headers = {}): Promise<Said> {
    const answer = await fetch(`${house.url}/mcp`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', ...(!method.startsWith('notifications/') && { id: 1 }), method, params }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, ...(text === '' ? {} : (JSON.parse(text) as object)) };
  }

  async function listed(headers: Headers = {}): Promise<readonly string[]> {
    const { result = {} } = await ask('tools/list', {}, headers);
    const tools = result['tools'] as readonly { name: string }[];
    return tools.map(({ name }) => name).filter((name) => name.startsWith('test_'));
  }

  /** Those of the house's functions that are really let through. */
  async function called(headers: Headers = {}): Promise<readonly string[]> {
    const passed: string[] = [];
    for (const fn of Object.values(functions).filter((one) => one.listed)) {
      const params = 'course' in fn.params ? { course: 5 } : { text: 'x' };
      const { code } = await house.call('mcp', fn.name, params, headers);
      if (code === 'ok') passed.push(fn.name.replaceAll('.', '_'));
    }
    return passed.sort();
  }

  /** What the audit has of the good calls of a function, once it has got round to writing them. */
  async function audited(name: string): Promise<readonly string[]> {
    for (let left = 200; ; left--) {
      const found = await house.admin<readonly Noted[]>('audit', { function: name, code: 'ok', limit: 1 });
      if (found.length > 0 || left === 0) return found.map(({ protocol, code }) => `${protocol} ${code}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  let count = 0;
  async function key(limits: object = {}): Promise<Headers> {
    const { secret } = await house.admin<{ secret: string }>('create_key', { name: 'Agent', ...limits });
    return { 'X-API-Key': secret };
  }
  async function token(roles: readonly string[], more: object = {}): Promise<Headers> {
    const username = `agent${++count}`;
    await house.admin('create_user', { username, name: 'An Agent', password: 'right-password' });
    for (const role of roles) await house.admin('assign_role', { user: username, role });
    const { secret } = await house.admin<{ secret: string }>('create_token', { user: username, name: 'test', ...more });
    return { Authorization: `Bearer ${secret}` };
  }

  const cases: Readonly<Record<string, () => Promise<{ headers: Headers; tools: readonly string[] }>>> = {
    'nobody known': async () => ({ headers: {}, tools: ['test_heavy', 'test_open'] }),
    'a key': async () => ({ headers: await key(), tools: ['test_client', 'test_heavy', 'test_open'] }),
    'a key for some functions': async () => ({
      headers: await key({ functions: ['test.cl*', 'test.open'] }),
      tools: ['test_client', 'test_open'],
    }),
    'a user': async () => ({ headers: await token(['caller']), tools: ['test_heavy', 'test_open', 'test_user'] }),
    'a user with a capability': async () => {
      await house.admin('create_role', { name: 'viewer', description: 'Views', capabilities: ['course:view'] });
      return {
        headers: await token(['caller', 'viewer']),
        tools: ['test_course', 'test_heavy', 'test_open', 'test_user'],
      };
    },
    'a token for one function': async () => ({
      headers: await token(['caller'], { functions: ['test.user'] }),
      tools: ['test_user'],
    }),
    'a token of a service': async () => {
      const name = `agents${++count}`;
      const own = { name, description: 'Some', enabled: true, functions: ['test.user', 'test.open'] };
      await house.admin('create_service', own);
      return { headers: await token(['caller'], { service: name }), tools: ['test_open', 'test_user'] };
    },
  };
  for (const [who, made] of Object.entries(cases)) {
    it(`are what the gates let ${who} call`, async () => {
      const { headers, tools } = await made();
      expect(await listed(headers)).eql(tools);
      expect(await called(headers)).eql(tools);
    });
  }

  it('are refused, and with them all that MCP has of its own, to a key of other protocols', async () => {
    const headers = await key({ protocols: ['rest'] });
    for (const method of ['initialize', 'ping', 'tools/list', 'notifications/initialized']) {
      const { status, error } = await ask(method, { protocolVersion: '2025-11-25' }, headers);
      expect({ status, code: error?.data.code }).eql({ status: 403, code: 'forbidden' });
    }
  });

  it('are refused to a user without the capability for the protocol', async () => {
    await house.admin('create_role', {
      name: 'restful',
      description: 'By REST only',
      capabilities: ['webservice:use', 'webservice:rest'],
    });
    const headers = await token(['restful']);
    expect(await ask('tools/list', {}, headers)).include({ status: 403 });
    expect(await house.call('mcp', 'test.user', { text: 'x' }, headers)).include({ code: 'forbidden' });
    expect(await house.call('rest', 'test.user', { text: 'x' }, headers)).include({ code: 'ok' });
  });

  for (const method of ['initialize', 'ping', 'tools/list', 'tools/call', 'notifications/initialized']) {
    it(`wrong credentials are refused with 401 whatever is asked: ${method}`, async () => {
      const params = { protocolVersion: '2025-11-25', name: 'test_open', arguments: { text: 'x' } };
      const { status, headers, error } = await ask(method, params, { Authorization: 'Bearer pwt_wrong' });
      expect({ status, code: error?.code, ours: error?.data.code }).eql({
        status: 401,
        code: -32011,
        ours: 'invalid-credentials',
      });
      expect(headers.get('www-authenticate')).equal(null);
      expect(calls).eql([]);
    });
  }

  it('wrong credentials in a call of auth.* are the result of the call', async () => {
    const { status, result } = await ask('tools/call', {
      name: 'auth_gettoken',
      arguments: { username: 'nobody', password: 'wrong' },
    });
    expect(status).equal(200);
    expect(result).include({ isError: true });
  });

  it('greetings cost no quota; lists and calls do', async () => {
    const headers = await key({ per_day: 2 });
    const open = { name: 'test_open', arguments: { text: 'x' } };
    for (let i = 0; i < 3; i++) {
      expect(await ask('initialize', { protocolVersion: '2025-11-25' }, headers)).include({ status: 200 });
      expect(await ask('notifications/initialized', {}, headers)).include({ status: 202 });
      expect(await ask('ping', {}, headers)).include({ status: 200 });
    }
    expect(await ask('tools/list', {}, headers)).include({ status: 200 });
    expect((await ask('tools/call', open, headers)).result).not.have.property('isError');
    expect(await ask('tools/list', {}, headers))
      .include({ status: 429 })
      .nested.include({ 'error.code': -32016 });
    const over = await ask('tools/call', open, headers);
    expect(over.result).include({ isError: true });
    expect(Number(over.headers.get('retry-after'))).within(1, 86_400);
    expect(calls).eql(['x']);
  });

  it('calls through the toolbox are of the function itself: its quota, its audit, its key', async () => {
    await house.admin('update_settings', { changes: { mcp: { tools: 0 } } });
    try {
      const headers = await key({ per_day: 15, functions: ['test.heavy', 'test.open'] });
      const use = (name: string, params: object, more: Headers = {}) =>
        ask('tools/call', { name, arguments: params }, { ...headers, ...more });
      const names = async (own: Headers) => {
        const { result = {} } = await ask('tools/call', { name: 'search', arguments: { query: 'test' } }, own);
        const { functions: found } = result['structuredContent'] as { functions: { name: string }[] };
        return found.map(({ name }) => name);
      };
      expect((await names(headers)).sort()).eql(['test_heavy', 'test_open']);
      const once = { 'Idempotency-Key': `mcp-${kind}` };
      const heavy = { name: 'test_heavy', arguments: { text: 'buy' } };
      const first = await use('call', heavy, once);
      expect(first.result).deep.include({ structuredContent: { result: 'buy' } });
      expect((await use('call', heavy)).result).include({ isError: true });
      expect((await use('call', { name: 'test_client', arguments: { text: 'x' } })).result).include({ isError: true });
      expect(calls).eql(['buy']);
      expect(await audited('test.heavy')).eql(['mcp ok']);
    } finally {
      await house.admin('update_settings', { changes: { mcp: null } });
    }
  });

  it('an Idempotency-Key carries a call out once', async () => {
    const headers = { ...(await key()), 'Idempotency-Key': `again-${kind}` };
    const call = { name: 'test_client', arguments: { text: 'pay' } };
    const first = await ask('tools/call', call, headers);
    const second = await ask('tools/call', call, headers);
    expect(second.result).eql(first.result);
    expect(second.headers.get('idempotency-replayed')).equal('true');
    expect(calls).eql(['pay Agent']);
  });

  it('lists are for known callers where documents are', async () => {
    await house.admin('update_settings', { changes: { documents: 'authenticated' } });
    try {
      expect(await ask('tools/list'))
        .include({ status: 401 })
        .nested.include({ 'error.code': -32010 });
      expect(await listed(await key())).not.eql([]);
    } finally {
      await house.admin('update_settings', { changes: { documents: 'public' } });
    }
  });
});
