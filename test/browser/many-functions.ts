import { type AnyFunction, define, t } from '../../index.ts';

/** The name of one of many functions: ten to a group. */
export function nameOf(i: number): string {
  return `group_${String(Math.floor(i / 10)).padStart(3, '0')}.do_thing_${i}`;
}

/** As many functions as the environment's POLYWIRE_MANY says. */
export const functions: readonly AnyFunction[] = Array.from(
  { length: Number(process.env['POLYWIRE_MANY'] ?? 0) },
  (_, i) =>
    define(nameOf(i), {
      description: `Does the thing of number ${i}. It is one of many, with a description as long as those of real ones are.`,
      effect: i % 3 === 0 ? 'write' : 'read',
      params: { name: t.string({ description: 'Whom.' }), count: t.optional(t.int({ min: 0 })) },
      returns: t.object(`Thing${i}`, { text: t.string(), number: t.int() }),
      examples: [{ params: { name: 'Ana' } }],
      handler: ({ name }) => ({ text: name, number: i }),
    }),
) as readonly AnyFunction[];
