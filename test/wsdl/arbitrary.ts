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
  const field = fc.tuple(wrapped(plan), fc.constantFrom('required', 'optional', 'default'), notes);
  return fc.dictionary(fieldName, field, { maxKeys, noNullPrototype: true }).map((record) => (next) => {
    const members = Object.entries(record).map(([name, [inner, presence, options]]) => [
      name,
      present(inner(next), presence, options),
    ]);
    return Object.fromEntries(members);
  });
}

function present(inner: Descriptor, presence: 'required' | 'optional' | 'default', options: object): Descriptor {
  if (presence === 'required') return inner;
  if (presence === 'optional') return t.optional(inner, options);
  // null is a value of whatever is nullable
  return t.default(inner.kind === 'nullable' ? inner : t.nullable(inner), null, options);
}

/** Lists, maps and records in each other, far deeper than anybody writes by hand. */
const deep: fc.Arbitrary<Plan> = fc
  .array(fc.constantFrom('list', 'map', 'object', 'nullable'), { minLength: 10, maxLength: 20 })
  .map((layers) => (next) => layers.reduce((inner: Descriptor, layer) => around(inner, layer, next), t.string()));

function around(inner: Descriptor, layer: string, next: () => number): Descriptor {
  if (layer === 'list') return t.list(inner);
  if (layer === 'map') return t.map(inner);
  if (layer === 'object') return t.object(`DeepT${next()}T`, { inner });
  return inner.kind === 'nullable' ? inner : t.nullable(inner);
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

/** Now and then a chain of many types, or a record of many fields. */
const wide: fc.Arbitrary<Plan> = fieldsOf(scalar, 80).map(
  (fields) => (next) => t.object(`WideT${next()}T`, fields(next)),
);
const anyPlan = fc.oneof(
  { weight: 12, arbitrary: plan },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: wide },
);

const oneFunction = fc.record({
  stem: functionStem,
  description: text,
  params: fieldsOf(anyPlan, 5),
  returns: fc.option(wrapped(anyPlan)),
  errors: fc.uniqueArray(fc.tuple(code, fc.option(object)), {
    maxLength: 3,
    selector: ([name]) => name.replaceAll('-', ''),
  }),
});

interface FunctionPlan {
  readonly stem: string;
  readonly description: string;
  readonly params: (next: () => number) => Fields;
  readonly returns: Plan | null;
  readonly errors: readonly (readonly [code: string, data: ((next: () => number) => ObjectDescriptor) | null])[];
}

function catalogOf(plans: readonly FunctionPlan[]): readonly AnyFunction[] {
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
}

/** Catalogs of up to four functions, deep and wide, of every kind, with odd names and texts. */
export const catalogs: fc.Arbitrary<readonly AnyFunction[]> = fc.array(oneFunction, { maxLength: 4 }).map(catalogOf);

const smallFunction = fc.record({
  stem: functionStem,
  description: fc.constant('One of many.'),
  params: fieldsOf(scalar, 3),
  returns: fc.option(
    fieldsOf(scalar, 3).map(
      (fields): Plan =>
        (next) =>
          t.list(t.object(`RowT${next()}T`, fields(next))),
    ),
  ),
  errors: fc.constant([]),
});

/** Catalogs of five hundred functions: a few plans, over and over, each time with types of their own. */
export const largeCatalogs: fc.Arbitrary<readonly AnyFunction[]> = fc
  .array(smallFunction, { minLength: 3, maxLength: 8 })
  .map((plans) => catalogOf(Array.from({ length: 500 }, (_, index) => plans[index % plans.length] as FunctionPlan)));
