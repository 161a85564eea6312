import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { createCatalog } from '../../lib/catalog.ts';
import { Deadlines } from '../../lib/deadline.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { run, type Scope } from '../../lib/pipeline.ts';
import type { Call } from '../../lib/protocol.ts';
import { readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';

const User = t.object('User', { id: t.int(), name: t.optional(t.string()) });
const errors = { gone: { number: 7, status: 410, message: 'It is gone', data: t.object('Gone', { id: t.int() }) }, bare: { number: 8 } };
let ran = 0;

interface Given {
  readonly handler: (params: never, call: never) => unknown;
  readonly [member: string]: unknown;
}

function fn({ handler, ...more }: Given): AnyFunction {
  return define('test.fn', {
    description: 'Under test.',
    effect: 'read',
    params: { n: t.default(t.int({ max: 5 }), 1) },
    returns: User,
    errors,
    handler: ((params: never, call: never) => {
      ran++;
      return handler(params, call);
    }) as never,
    ...more,
  } as never) as unknown as AnyFunction;
}

async function outcome(under: AnyFunction, call: Partial<Call> | Fault = {}, settings: object = {}) {
  const site = createSite(createCatalog([under]), readSettings({ enabledwsfunctions: ['test.fn'], limits: { deadline: 50 }, ...settings }));
  const scope: Scope = { site, protocol: { name: 'test' }, caller: {}, requestId: 'r', deadlines: new Deadlines(), pending: undefined };
  const full = call instanceof Fault ? call : { name: 'test.fn', read: () => ({ n: 1 }), ...call };
  return run<unknown>(full, scope, (_, value) => value);
}

/** How a call ends: its code, issues as text, and whether the function ran. */
async function ending(under: AnyFunction, call: Partial<Call> | Fault = {}, settings: object = {}) {
  ran = 0;
  const ended = await outcome(under, call, settings);
  return ended.ok ? { code: 'ok', ran } : { code: ended.fault.code, ran };
}

const fine = fn({ handler: () => ({ id: 1 }) });

describe('lib/pipeline admission', () => {
  it('runs a function that may be called', async () => {
    expect(await ending(fine)).eql({ code: 'ok', ran: 1 });
  });

  const refused: readonly (readonly [what: string, code: string, under: AnyFunction, call: Partial<Call> | Fault, settings?: object])[] = [
    ['a message that was wrong', 'malformed', fine, new Fault('malformed', 'x')],
    ['an unknown name', 'unknown-function', fine, { name: 'test.fn2' }],
    ['a name of Object.prototype', 'unknown-function', fine, { name: 'constructor', spelling: 'operation' }],
    ['a function that is off', 'unknown-function', fine, {}, { enabledwsfunctions: [] }],
    ['an internal function', 'unknown-function', fn({ handler: () => ({ id: 1 }), internal: true }), {}],
    ['writing by GET', 'method-not-allowed', fn({ handler: () => ({ id: 1 }), effect: 'write' }), { effect: 'read' }],
    ['GET where POST is asked for', 'method-not-allowed', fn({ handler: () => ({ id: 1 }), post: true }), { effect: 'read' }],
    ['nobody where a user is asked for', 'unauthenticated', fn({ handler: () => ({ id: 1 }), access: { user: 'required' } }), {}],
    ['nobody where a client is asked for', 'unauthenticated', fn({ handler: () => ({ id: 1 }), access: { client: 'required' } }), {}],
    ['nobody where the function is not listed', 'unknown-function', fn({ handler: () => ({ id: 1 }), listed: false, access: { user: 'required' } }), {}],
    ['writing by GET to an unlisted function', 'unknown-function', fn({ handler: () => ({ id: 1 }), listed: false, effect: 'write', access: { user: 'required' } }), { effect: 'read' }],
    ['too many bytes', 'too-large', fine, { size: 2_000_000 }],
    ['too many bytes for the function', 'too-large', fn({ handler: () => ({ id: 1 }), body: 10 }), { size: 11 }],
    ['parameters that do not fit', 'invalid-params', fine, { read: () => ({ n: 6 }) }],
    ['undeclared parameters', 'invalid-params', fine, { read: () => ({ n: 1, x: 1 }) }],
    ['parameters of the wrong type', 'invalid-params', fine, { read: () => ({ n: '1' }) }],
    ['no parameters where they are asked for', 'invalid-params', fn({ handler: () => ({ id: 1 }), params: { n: t.int() } }), { read: () => ({}) }],
    ['what the reader refuses', 'invalid-params', fine, { read: (_, issues) => { issues.add('type', 'no', 'n'); return {}; } }],
    ['a reader that throws', 'internal', fine, { read: () => { throw new RangeError('secret'); } }],
    ['a reader that throws a fault', 'malformed', fine, { read: () => { throw new Fault('malformed', 'x'); } }],
  ];
  for (const [what, code, under, call, settings] of refused)
    it(`never runs the function: ${what}`, async () => expect(await ending(under, call, settings)).eql({ code, ran: 0 }));

  it('reads nothing before admission', async () => {
    let read = 0;
    await outcome(fn({ handler: () => ({ id: 1 }), access: { user: 'required' } }), { read: () => { read++; return {}; } });
    expect(read).equal(0);
  });
});

const secret = 'SECRET-4711';
const failures: readonly (readonly [what: string, handler: (params: never, call: never) => unknown])[] = [
  ['throws at once', () => { throw new Error(secret); }],
  ['throws a text', () => { throw secret; }],
  ['throws nothing', () => { throw undefined; }],
  ['throws null', () => { throw null; }],
  ['throws an object', () => { throw { message: secret, code: 'conflict' }; }],
  ['rejects', () => Promise.reject(new Error(secret))],
  ['rejects with a text', () => Promise.reject(secret)],
  ['rejects later', async () => { await sleep(5); throw new Error(secret); }],
  ['is a thenable that throws', () => ({ then: () => { throw new Error(secret); } })],
  ['is a thenable whose then throws when looked at', () => Object.defineProperty({}, 'then', { get: () => { throw new Error(secret); } })],
  ['fails with an error that it has not declared', (_: never, call: { fail(code: string): never }) => call.fail('unknown-code')],
  ['fails with a standard code', (_: never, call: { fail(code: string): never }) => call.fail('constructor')],
];

describe('lib/pipeline handlers', () => {
  for (const [what, handler] of failures) {
    it(`answers internal when a handler ${what}, and hides why`, async () => {
      const ended = await outcome(fn({ handler }));
      if (ended.ok) throw new Error('went well');
      expect(ended.fault.code).equal('internal');
      expect(ended.fault.message).not.contain(secret);
    });
  }

  it('gives up a promise that never settles, and tells the handler', async () => {
    let signal: AbortSignal | undefined;
    const ended = await outcome(fn({ handler: (_: never, call: { signal: AbortSignal }) => { signal = call.signal; return new Promise(() => {}); } }));
    expect(ended.ok ? 'ok' : ended.fault.code).equal('timeout');
    expect(signal?.aborted).equal(true);
    expect((signal?.reason as Fault).code).equal('timeout');
  });

  it('keeps the deadline of the function where it has one', async () => {
    const slow = { handler: async () => { await sleep(90); return { id: 1 }; } };
    expect(await ending(fn({ ...slow, deadline: 1_000 }))).eql({ code: 'ok', ran: 1 });
    expect(await ending(fn(slow))).eql({ code: 'timeout', ran: 1 });
  });

  it('hears no more of a handler that settles after its answer', async () => {
    const late: unknown[] = [];
    const notice = (reason: unknown) => late.push(reason);
    process.on('unhandledRejection', notice);
    expect(await ending(fn({ handler: async () => { await sleep(80); throw new Error(secret); } }))).eql({ code: 'timeout', ran: 1 });
    await sleep(60);
    process.off('unhandledRejection', notice);
    expect(late).eql([]);
  });

  it('takes a thenable that is no promise', async () => {
    expect(await ending(fn({ handler: () => ({ then: (resolve: (value: unknown) => void) => resolve({ id: 1 }) }) }))).eql({ code: 'ok', ran: 1 });
  });

  it('gives handlers who calls and how', async () => {
    let seen: object = {};
    const handler = (_: never, call: { requestId: string; protocol: string; function: string; client: unknown; user: unknown; functions(): readonly { name: string }[] }) => {
      const { requestId, protocol, client, user } = call;
      seen = { requestId, protocol, name: call.function, client, user, listed: call.functions().map(({ name }) => name) };
      return { id: 1 };
    };
    await outcome(fn({ handler }));
    expect(seen).eql({ requestId: 'r', protocol: 'test', name: 'test.fn', client: undefined, user: undefined, listed: ['test.fn'] });
  });

  it('lets a handler take `fail` out of its call', async () => {
    const handler = (_: never, { fail }: { fail(code: string): never }) => fail('bare');
    expect(await ending(fn({ handler }))).eql({ code: 'bare', ran: 1 });
  });
});

describe('lib/pipeline results and declared errors', () => {
  const failing = (code: string, data?: unknown, message?: string) =>
    fn({ handler: (_: never, call: { fail(code: string, data?: unknown, message?: string): never }) => call.fail(code, data, message) });

  it('ends with a declared error, its number, status and data', async () => {
    const ended = await outcome(failing('gone', { id: 5 }));
    if (ended.ok) throw new Error('went well');
    const { code, message, declared } = ended.fault;
    expect({ code, message, declared }).eql({ code: 'gone', message: 'It is gone', declared: { number: 7, status: 410, data: { id: 5 } } });
    const other = await outcome(failing('bare', undefined, 'Said otherwise'));
    expect(other.ok ? '' : `${other.fault.message} ${other.fault.declared?.status}`).equal('Said otherwise 400');
  });

  for (const data of [undefined, {}, { id: secret }, { id: null }, 5]) {
    it(`refuses ${JSON.stringify(data)} as the data of an error, and leaks none of it`, async () => {
      const ended = await outcome(failing('gone', data));
      if (ended.ok) throw new Error('went well');
      expect(ended.fault.code).equal('invalid-result');
      expect(JSON.stringify([ended.fault.message, ended.fault.issues])).not.contain(secret);
    });
  }

  for (const [value, path] of [[{ id: secret }, 'id'], [{}, 'id'], [{ id: 1, name: 5 }, 'name'], [undefined, ''], [null, ''], [secret, ''], [[{ id: 1 }], '']] as const) {
    it(`refuses the result ${JSON.stringify(value)} with its path and without its value`, async () => {
      const ended = await outcome(fn({ handler: () => value }));
      if (ended.ok) throw new Error('went well');
      expect(ended.fault.code).equal('invalid-result');
      expect(ended.fault.issues.map((issue) => issue.path)).eql([path]);
      expect(JSON.stringify([ended.fault.message, ended.fault.issues])).not.contain(secret);
    });
  }

  it('takes any result of a function that declares none', async () => {
    expect((await ending(fn({ handler: () => secret, returns: undefined }))).code).equal('ok');
  });

  it('survives a result that breaks when it is looked at', async () => {
    const value = Object.defineProperty({}, 'id', { enumerable: true, get: () => { throw new Error(secret); } });
    expect(await ending(fn({ handler: () => value }))).eql({ code: 'internal', ran: 1 });
  });
});
