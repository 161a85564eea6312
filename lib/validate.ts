import { Ajv, type AnySchema } from 'ajv';
import type { Descriptor, Fields } from './descriptor.ts';
import { explain, explainFields } from './explain.ts';
import type { Issues } from './issues.ts';
import { fieldsSchema, type JsonSchema, type SchemaForm, schemaOf } from './schema.ts';
import { bytesFit, decimalFits, int64Fits, isDayText, isJsonValue, isMoment, memberless } from './values.ts';

/** Items that a list may have where neither its descriptor nor a setting says. */
const listLimit = 16_384;

function compiler(ownProperties: boolean): Ajv {
  return new Ajv({
    strict: true,
    ownProperties,
    validateFormats: false,
    validateSchema: false,
    addUsedSchema: false,
    strictRequired: false,
  })
    .addKeyword({ keyword: 'int64', validate: int64Fits, errors: false })
    .addKeyword({ keyword: 'decimal', validate: decimalFits, errors: false })
    .addKeyword({ keyword: 'day', validate: (_: unknown, value: unknown) => isDayText(value), errors: false })
    .addKeyword({ keyword: 'moment', validate: (_: unknown, value: unknown) => isMoment(value), errors: false })
    .addKeyword({ keyword: 'bytes', validate: bytesFit, errors: false })
    .addKeyword({
      keyword: 'shown',
      type: 'object',
      validate: (_: unknown, value: object) => memberless(value) === undefined,
      errors: false,
    })
    .addKeyword({ keyword: 'json', validate: (_: unknown, value: unknown) => isJsonValue(value), errors: false });
}

/** Looks at a value's own members only, whatever foreign code has put on prototypes. */
const careful = compiler(true);
/** Half the cost, and right as long as nothing is inherited. */
const quick = compiler(false);

/**
 * A quick check, and a careful one where the quick one could be wrong: it would take an inherited member for a field of
 * that name (`constructor`), and refuses values when foreign code has made a prototype enumerable.
 */
function compile(schema: JsonSchema): Validator['fits'] {
  const inherited = Object.getOwnPropertyNames(Object.prototype).some((name) => hasField(schema, name));
  if (inherited) return careful.compile(schema as AnySchema) as Validator['fits'];
  const fits = quick.compile(schema as AnySchema) as Validator['fits'];
  let again: Validator['fits'] | undefined;
  return (value) => {
    if (fits(value)) return true;
    again ??= careful.compile(schema as AnySchema) as Validator['fits'];
    return again(value);
  };
}

/** Whether a field of that name is declared anywhere in a schema. */
function hasField(schema: unknown, name: string): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return Object.entries(schema).some(
    ([key, value]) => (key === 'properties' && Object.hasOwn(value as object, name)) || hasField(value, name),
  );
}

/** A compiled check of values, and the slow walk that says what is wrong once it has failed. */
export interface Validator {
  /** Whether a value fits; costs microseconds and stops at the first fault. */
  fits(value: unknown): boolean;
  /** Notes what is wrong, at most as much as `issues` takes. */
  issues(value: unknown, issues: Issues): void;
}

export interface ValidatorOptions {
  /** Whether objects may have undeclared fields, which then are not sent (default false). */
  readonly open?: boolean;
  readonly list?: number;
}

function formOf(options: ValidatorOptions): SchemaForm {
  return { form: 'value', open: options.open ?? false, list: options.list ?? listLimit };
}

/** The validator of one descriptor, over values as handlers have them; compiled when it is first asked. */
export function validator(descriptor: Descriptor, options: ValidatorOptions = {}): Validator {
  const form = formOf(options);
  return lazily(
    () => schemaOf(descriptor, form),
    (value, issues) => explain(descriptor, value, issues, form),
  );
}

/** The validator of a function's parameters. */
export function paramsValidator(params: Fields, options: ValidatorOptions = {}): Validator {
  const form = formOf(options);
  return lazily(
    () => fieldsSchema(params, form),
    (value, issues) => explainFields(params, value, issues, form),
  );
}

function lazily(schema: () => JsonSchema, issues: Validator['issues']): Validator {
  let fits: Validator['fits'] | undefined;
  return {
    fits: (value) => {
      fits ??= compile(schema());
      return fits(value);
    },
    issues,
  };
}
