import fc from 'fast-check';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, type DeclaredError, define } from '../../lib/define.ts';
import type { Descriptor, Fields, ObjectDescriptor } from '../../lib/descriptor.ts';

/** Names that generators, parsers and JavaScript itself find odd. */
const oddNames =
  'class _ __ a A1 constructor toString hasOwnProperty item entry key value result parameters xmlns xml int tns'.split(
    ' ',
  );
const fieldName = fc
  .oneof(fc.constantFrom(...oddNames), fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/))
  .filter((name) => name !== '__proto__');
const typeStem = fc.constantFrom('Item', 'ArrayOf', 'MapOf', 'Nullable', 'class', 'x_', 'Fault');
const functionStem = fc.constantFrom('a', 'users.get', 'x_y', 'Class.new', 'item', 'B2.c3.d4');
const code = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}$/);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(']]>', '<&">\'', '&lt; &#1; &foo;', '\u0000\u001F\uFFFE\uD800', '\\u', 'a\r\nb'),
);
const notes = fc.record({ description: text, deprecated: text }, { requiredKeys: [] });

/** A descriptor still without names of objects: those are numbered when it is made, so that none is used twice. */
type Plan = (next: () => number) => Descriptor;

const scalar: fc.Arbitrary<Plan> = fc.oneof(
  notes.chain((options) =>
    fc.constantFrom(
      ...[t.string, t.boolean, t.int, t.int64, t.float, t.decimal, t.date, t.datetime, t.bytes, t.json].map(
        (build) => () => build(options),
      ),
    ),
  ),
  fc.uniqueArray(text, { minLength: 1, maxLength: 4 }).map((values) => () => t.enum(values)),
);

function wrapped(plan: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> {
  return fc.tuple(plan, fc.boolean()).map(
    ([inner, nullable]) =>
      (next) =>
        nullable ? t.nullable(inner(next)) : inner(next),
  );
}

function fieldsOf(plan: fc.Arbitrary<Plan>, maxKeys: number): fc.Arbitrary<(next: () => number) => Fields> {
  const field = fc.tuple(wrapped(plan), fc.boolean(), notes);
  return fc.dictionary(fieldName, field, { maxKeys, noNullPrototype: true }).map((record) => (next) => {
    const members = Object.entries(record).map(([name, [inner, optional, options]]) => [
      name,
      optional ? t.optional(inner(next), options) : inner(next),
    ]);
    return Object.fromEntries(members);
  });
}

const { object, plan } = fc.letrec<{ plan: Plan; object: (next: () => number) => ObjectDescriptor }>((tie) => ({
  plan: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    wrapped(tie('plan')).map(
      (item): Plan =>
        (next) =>
          t.list(item(next), { max: 9 }),
    ),
    wrapped(tie('plan')).map(
      (value): Plan =>
        (next) =>
          t.map(value(next)),
    ),
    tie('object'),
  ),
  object: fc.tuple(typeStem, fieldsOf(tie('plan'), 4), notes).map(
    ([stem, fields, options]) =>
      (next) =>
        t.object(`${stem}T${next()}T`, fields(next), options),
  ),
}));

const oneFunction = fc.record({
  stem: functionStem,
  description: text,
  params: fieldsOf(plan, 5),
  returns: fc.option(wrapped(plan)),
  errors: fc.uniqueArray(fc.tuple(code, fc.option(object)), {
    maxLength: 3,
    selector: ([name]) => name.replaceAll('-', ''),
  }),
});

/** Catalogs of up to four functions, deep and wide, with odd names and texts. */
export const catalogs: fc.Arbitrary<readonly AnyFunction[]> = fc.array(oneFunction, { maxLength: 4 }).map((plans) => {
  let count = 0;
  const next = () => ++count;
  return plans.map(({ stem, description, params, returns, errors }, index) => {
    const declared = errors.map(([name, data]): [string, DeclaredError] => [
      `${name}-f${index}x`,
      { number: next(), ...(data && { data: data(next) }) },
    ]);
    return define(`${stem}.f${index}x`, {
      description,
      effect: 'read',
      params: params(next),
      returns: returns?.(next),
      errors: Object.fromEntries(declared),
      handler: () => undefined as never,
    }) as AnyFunction;
  });
});
