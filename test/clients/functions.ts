import { isDeepStrictEqual } from 'node:util';
import { type AnyFunction, define, Fault, t } from '../../index.ts';
import { sampleFunctions } from '../../services/sample/index.ts';
import { carried, type Shape, shapes } from './edges.ts';

/** What the server saw of each value that a client sent back: `exact`, `loss`, or what it was instead. */
export type Verdicts = Map<string, string>;

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function named({ name, values }: Shape, value: string): unknown {
  if (Object.hasOwn(values, value)) return values[value];
  throw new Fault('invalid-params', `There is no value ${name}.${value}`);
}

/** Two functions for a shape: one that answers a value by its name, and one that looks at what comes back under that name. */
function functionsOf(shape: Shape, verdicts: Verdicts): readonly AnyFunction[] {
  const name = t.string({ description: 'The name of a value.' });
  return [
    define(`edges.get_${shape.name}`, {
      description: 'Answers a value by its name.',
      effect: 'read',
      params: { name },
      returns: shape.descriptor,
      handler: (params) => named(shape, params.name) as never,
    }),
    define(`edges.put_${shape.name}`, {
      description: 'Looks at a value that was got before: answers exact, loss, or what it is instead.',
      effect: 'write',
      params: { name, value: shape.descriptor },
      returns: t.string(),
      handler: (params, call) => {
        const value = named(shape, params.name);
        const verdict = judge(call.protocol, value, (params as { readonly value: unknown }).value);
        verdicts.set(`${shape.name}.${params.name}`, verdict);
        return verdict;
      },
    }),
  ] as readonly AnyFunction[];
}

function judge(protocol: string, value: unknown, got: unknown): string {
  if (same(got, value)) return 'exact';
  return same(got, carried(protocol, value)) ? 'loss' : `not what it was: ${shown(got)}`;
}

/** Equal values, whatever class of bytes they come in. */
function same(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  return isDeepStrictEqual(one, other);
}

/** Everything that clients are asked to call. */
export function clientFunctions(verdicts: Verdicts): readonly AnyFunction[] {
  const note = (check: string, fits: boolean, got: unknown): string => {
    const verdict = fits ? 'exact' : `not what it was: ${shown(got)}`;
    verdicts.set(check, verdict);
    return verdict;
  };
  return [
    ...sampleFunctions,
    ...shapes.flatMap((shape) => functionsOf(shape, verdicts)),
    define('edges.put_default', {
      description: 'Is called without its value, which then is 7.',
      effect: 'write',
      params: { name: t.string(), value: t.default(t.int(), 7) },
      returns: t.string(),
      handler: ({ value }) => note('default.absent', value === 7, value),
    }),
    define('edges.nothing', {
      description: 'Answers nothing.',
      effect: 'write',
      handler: () => void note('nothing', true, undefined),
    }),
    define('edges.who', {
      description: 'Answers who calls.',
      effect: 'read',
      access: { user: 'required' },
      returns: t.string(),
      handler: (_, call) => call.user.username,
    }),
  ];
}
