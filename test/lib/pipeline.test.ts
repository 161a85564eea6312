import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import type { Call } from '../../lib/protocol.ts';
import { ending, fn, outcome } from './pipeline-call.ts';

const fine = fn({ handler: () => ({ id: 1 }) });

describe('lib/pipeline admission', () => {
  it('runs a function that may be called', async () => {
    expect(await ending(fine)).eql({ code: 'ok', ran: 1 });
  });

  const refused: readonly (readonly [
    what: string,
    code: string,
    under: AnyFunction,
    call: Partial<Call> | Fault,
    settings?: object,
  ])[] = [
    ['a message that was wrong', 'malformed', fine, new Fault('malformed', 'x')],
    ['an unknown name', 'unknown-function', fine, { name: 'test.fn2' }],
    ['a name of Object.prototype', 'unknown-function', fine, { name: 'constructor', spelling: 'operation' }],
    ['a function that is off', 'unknown-function', fine, {}, { enabledwsfunctions: [] }],
    ['an internal function', 'unknown-function', fn({ handler: () => ({ id: 1 }), internal: true }), {}],
    ['writing by GET', 'method-not-allowed', fn({ handler: () => ({ id: 1 }), effect: 'write' }), { effect: 'read' }],
    [
      'GET where POST is asked for',
      'method-not-allowed',
      fn({ handler: () => ({ id: 1 }), post: true }),
      { effect: 'read' },
    ],
    [
      'nobody where a user is asked for',
      'unauthenticated',
      fn({ handler: () => ({ id: 1 }), access: { user: 'required' } }),
      {},
    ],
    [
      'nobody where a client is asked for',
      'unauthenticated',
      fn({ handler: () => ({ id: 1 }), access: { client: 'required' } }),
      {},
    ],
    [
      'nobody where the function is not listed',
      'unknown-function',
      fn({ handler: () => ({ id: 1 }), listed: false, access: { user: 'required' } }),
      {},
    ],
    [
      'writing by GET to an unlisted function',
      'unknown-function',
      fn({ handler: () => ({ id: 1 }), listed: false, effect: 'write', access: { user: 'required' } }),
      { effect: 'read' },
    ],
    ['too many bytes', 'too-large', fine, { size: 2_000_000 }],
    ['too many bytes for the function', 'too-large', fn({ handler: () => ({ id: 1 }), body: 10 }), { size: 11 }],
    ['parameters that do not fit', 'invalid-params', fine, { read: () => ({ n: 6 }) }],
    ['undeclared parameters', 'invalid-params', fine, { read: () => ({ n: 1, x: 1 }) }],
    ['parameters of the wrong type', 'invalid-params', fine, { read: () => ({ n: '1' }) }],
    [
      'no parameters where they are asked for',
      'invalid-params',
      fn({ handler: () => ({ id: 1 }), params: { n: t.int() } }),
      { read: () => ({}) },
    ],
    [
      'what the reader refuses',
      'invalid-params',
      fine,
      {
        read: (_, issues) => {
          issues.add('type', 'no', 'n');
          return {};
        },
      },
    ],
    [
      'a reader that throws',
      'internal',
      fine,
      {
        read: () => {
          throw new RangeError('secret');
        },
      },
    ],
    [
      'a reader that throws a fault',
      'malformed',
      fine,
      {
        read: () => {
          throw new Fault('malformed', 'x');
        },
      },
    ],
  ];
  for (const [what, code, under, call, settings] of refused)
    it(`never runs the function: ${what}`, async () =>
      expect(await ending(under, call, settings)).eql({ code, ran: 0 }));

  it('reads nothing before admission', async () => {
    let read = 0;
    await outcome(fn({ handler: () => ({ id: 1 }), access: { user: 'required' } }), {
      read: () => {
        read++;
        return {};
      },
    });
    expect(read).equal(0);
  });
});
