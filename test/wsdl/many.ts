import { type AnyFunction, define, t } from '../../index.ts';

/** Functions with records, lists and errors, as a large site has them. */
export function manyFunctions(count: number): readonly AnyFunction[] {
  const Record = t.object('Record', { id: t.int64(), name: t.string(), tags: t.list(t.string()) });
  return Array.from({ length: count }, (_, index): AnyFunction => {
    const Row = t.object(`Row${index % 50}`, { id: t.int(), note: t.optional(t.string()), when: t.datetime() });
    return define(`group${index % 25}.function${index}`, {
      description: `Finds records by a field, in the way of the number ${index}, and answers as many as asked for.`,
      effect: 'read',
      params: {
        field: t.enum(['id', 'name']),
        values: t.list(t.string(), { max: 100, description: 'What the field may be.' }),
        limit: t.default(t.int({ min: 1, max: 500 }), 50, { description: 'At most how many.' }),
      },
      returns: t.object(`Page${index % 50}`, { rows: t.list(Row), first: t.nullable(Record) }),
      errors: { 'not-found': { number: 1_001, status: 404, data: t.object('Missing', { value: t.string() }) } },
      handler: () => ({ rows: [], first: null }),
    }) as AnyFunction;
  });
}
