import { expect } from 'chai';
import { ending, fn, outcome } from './pipeline-call.ts';

const secret = 'SECRET-4711';

describe('lib/pipeline results and declared errors', () => {
  const failing = (code: string, data?: unknown, message?: string) =>
    fn({
      handler: (_: never, call: { fail(code: string, data?: unknown, message?: string): never }) =>
        call.fail(code, data, message),
    });

  it('ends with a declared error, its number, status and data', async () => {
    const ended = await outcome(failing('gone', { id: 5 }));
    if (ended.ok) throw new Error('went well');
    const { code, message, declared } = ended.fault;
    expect({ code, message, declared }).eql({
      code: 'gone',
      message: 'It is gone',
      declared: { number: 7, status: 410, data: { id: 5 } },
    });
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

  for (const [value, path] of [
    [{ id: secret }, 'id'],
    [{}, 'id'],
    [{ id: 1, name: 5 }, 'name'],
    [undefined, ''],
    [null, ''],
    [secret, ''],
    [[{ id: 1 }], ''],
  ] as const) {
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
    const value = Object.defineProperty({}, 'id', {
      enumerable: true,
      get: () => {
        throw new Error(secret);
      },
    });
    expect(await ending(fn({ handler: () => value }))).eql({ code: 'internal', ran: 1 });
  });
});
