import { type AnyFunction, type Descriptor, define, t } from '../../../index.ts';
import { generatorNameWarnings } from '../../../wsdl/generator-names.ts';
import { fieldWords, words } from './words.ts';

type Fields = Readonly<Record<string, Descriptor>>;

function slices<T>(list: readonly T[], length: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, i) => list.slice(i * length, (i + 1) * length));
}

function fieldsNamed(names: readonly string[], descriptor: Descriptor): Fields {
  return Object.fromEntries(names.map((name) => [name, descriptor]));
}

function named(word: string): AnyFunction {
  return define(word, {
    description: `Has the name ${word}.`,
    effect: 'read',
    params: { value: t.string() },
    returns: t.string(),
    handler: ({ value }) => value,
  }) as AnyFunction;
}

function typesNamed(names: readonly string[]): AnyFunction {
  const types = names.map((name, index): [string, Descriptor] => [
    `t${index}`,
    t.optional(t.list(t.object(name, { text: t.string() }))),
  ]);
  const parts = slices(types, 100).map((part, index): [string, Descriptor] => [
    `part${index}`,
    t.optional(t.object(`Part${index}`, Object.fromEntries(part))),
  ]);
  return define('words.types', {
    description: 'Has records with awkward names.',
    effect: 'read',
    returns: t.object('AllOfThem', Object.fromEntries(parts)),
    handler: () => ({}),
  }) as AnyFunction;
}

/** Members of records and parameters of functions with awkward names; a constructor of Java takes at most 255. */
function membersNamed(names: readonly string[], index: number): readonly AnyFunction[] {
  const Words = t.object(`Words${index}`, fieldsNamed(names, t.optional(t.string())));
  return [
    define(`words.fields${index}`, {
      description: 'Answers a record as it was sent.',
      effect: 'read',
      params: { words: Words },
      returns: Words,
      handler: (params) => params.words,
    }) as AnyFunction,
    define(`words.parameters${index}`, {
      description: 'Answers how many parameters were sent.',
      effect: 'read',
      params: fieldsNamed(names, t.optional(t.int())),
      returns: t.int(),
      handler: (params) => Object.keys(params).length,
    }) as AnyFunction,
  ];
}

/** gSOAP warns of constants that start with xml, and says that it may be ignored. */
const enums = slices(
  words.filter((word) => !/^xml/i.test(word)),
  200,
).map((part) => t.enum([...part, '1st', 'p-q', 'r.s', 'u v']));
/** Values of which generators make one constant, or none: the schema leaves such a type open. */
const open = t.enum(['Red', 'red', '+', '-', '', 'é']);

const enumerated = define('words.values', {
  description: 'Answers a value of an open type.',
  effect: 'read',
  params: {
    ...Object.fromEntries(enums.map((values, index) => [`which${index}`, values])),
    all: t.list(open),
    named: t.map(t.enum(['class', 'default'])),
  },
  returns: open,
  handler: () => 'Red',
}) as AnyFunction;

const codes = 'class default string exception error system int self end a1-2b polywire-service'.split(' ');

const failing = define('words.errors', {
  description: 'Declares errors with awkward names, with data and without.',
  effect: 'read',
  errors: Object.fromEntries(
    codes.map((code, index) => [
      code,
      { number: 2_000 + index, ...(index % 2 === 0 && { data: t.object(`Data${index}`, { class: t.string() }) }) },
    ]),
  ),
  handler: () => undefined,
}) as AnyFunction;

/** What the programs call: `echo`, a word of PHP, with parameters that are words of nearly every language. */
export const called = define('echo', {
  description: 'Answers what it was sent, in one text.',
  effect: 'read',
  params: { class: t.string(), self: t.int(), end: t.boolean(), default: t.string() },
  returns: t.string(),
  handler: (params) => `${params.class} ${params.self} ${params.end} ${params.default}`,
}) as AnyFunction;

const unwarned = (make: (word: string) => AnyFunction) => (word: string) =>
  generatorNameWarnings([make(word)]).length === 0;
const asFunction = unwarned(named);
const asType = unwarned((word) => typesNamed([word]));
const asMember = unwarned(
  (word) =>
    define('f', {
      description: 'f',
      effect: 'read',
      params: { [word]: t.int() },
      handler: () => undefined,
    }) as AnyFunction,
);

/**
 * A catalog of every awkward name that a server takes without a warning: each word names a parameter, a field and a value
 * of an enumeration. Functions and types share one space of names in Java, so that a word names one or the other.
 */
export function awkwardFunctions(): readonly AnyFunction[] {
  const others = words.filter((word) => word !== called.name);
  const functions = others.filter((word, index) => asFunction(word) && (index % 2 === 0 || !asType(word)));
  const types = others.filter((word) => asType(word) && !functions.includes(word));
  const members = slices(fieldWords.filter(asMember), 50).flatMap(membersNamed);
  return [called, ...functions.map(named), ...members, enumerated, failing, typesNamed(types)];
}
