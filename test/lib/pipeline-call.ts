import { t } from '../../lib/builders.ts';
import { createCatalog } from '../../lib/catalog.ts';
import { Deadlines } from '../../lib/deadline.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { openScope, run } from '../../lib/pipeline.ts';
import type { Call } from '../../lib/protocol.ts';
import { readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';

const User = t.object('User', { id: t.int(), name: t.optional(t.string()) });
const errors = {
  gone: { number: 7, status: 410, message: 'It is gone', data: t.object('Gone', { id: t.int() }) },
  bare: { number: 8 },
};
let ran = 0;

interface Given {
  readonly handler: (params: never, call: never) => unknown;
  readonly [member: string]: unknown;
}

/** A function that is right but for the parts given. */
export function fn({ handler, ...more }: Given): AnyFunction {
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

/** How a call of such a function ends. */
export async function outcome(under: AnyFunction, call: Partial<Call> | Fault = {}, settings: object = {}) {
  const site = createSite(
    createCatalog([under]),
    readSettings({ enabledwsfunctions: ['test.fn'], limits: { deadline: 50 }, ...settings }),
  );
  const scope = openScope({ site, protocol: { name: 'test' }, requestId: 'r', deadlines: new Deadlines() });
  const full = call instanceof Fault ? call : { name: 'test.fn', read: () => ({ n: 1 }), ...call };
  return run<unknown>(full, scope, { write: (_, value) => value });
}

/** How a call ends: its code, issues as text, and whether the function ran. */
export async function ending(under: AnyFunction, call: Partial<Call> | Fault = {}, settings: object = {}) {
  ran = 0;
  const ended = await outcome(under, call, settings);
  return ended.ok ? { code: 'ok', ran } : { code: ended.fault.code, ran };
}
