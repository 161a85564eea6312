import { type AnyFunction, define, t } from '../../../index.ts';

/** Functions that take one parameter `value` of a type and say that they were called. */
function taking(
  name: string,
  value: Parameters<typeof t.optional>[0],
  more: { readonly body?: number } = {},
): AnyFunction {
  return define(`limit.${name}`, {
    description: 'Takes a value.',
    effect: 'read',
    params: { value },
    returns: t.string(),
    handler: () => 'taken',
    ...more,
  }) as unknown as AnyFunction;
}

const wait = define('limit.wait', {
  description: 'Answers after some milliseconds, or when it is told to stop.',
  effect: 'read',
  params: { value: t.int() },
  returns: t.string(),
  handler: ({ value }, call) =>
    new Promise<string>((resolve) => {
      const timer = setTimeout(() => resolve('taken'), value);
      call.signal.addEventListener('abort', () => clearTimeout(timer));
    }),
}) as unknown as AnyFunction;

const deep = t.map(t.map(t.map(t.map(t.map(t.int())))));

/** What the limits of messages are tried with. */
export const limitFunctions: readonly AnyFunction[] = [
  taking('text', t.string()),
  taking('list', t.list(t.int())),
  taking('map', t.map(t.int())),
  taking('long', t.list(t.string(), { max: 60_000 })),
  taking('json', t.json()),
  taking('decimal', t.decimal()),
  taking('moment', t.datetime()),
  taking('deep', deep),
  taking('texts', t.list(t.string())),
  wait,
];

/** A function that may have more than the site's limit. */
export const bulk: AnyFunction = taking('bulk', t.string(), { body: 2_097_152 });
