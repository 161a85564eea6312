import type { ListedFunction } from '../../../lib/define.ts';
import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import { errorObjectSchema, errorSchemas } from '../../../lib/error-schema.ts';
import { exampleJson, shownExamples } from '../../../lib/json/example.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import { createSchemaSet, type SchemaSet } from '../../../lib/schema-set.ts';
import { standardNumbers } from '../fault.ts';

/** A parameter, in its place (OpenRPC 1.3 "Content Descriptor Object"). */
function parameter(name: string, descriptor: Descriptor, set: SchemaSet): JsonSchema {
  const { core, optional } = unwrap(descriptor);
  const { description = core.description, deprecated = core.deprecated } = descriptor;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    required: !optional,
    schema: set.schema(descriptor, 'sent'),
    ...(deprecated === undefined ? {} : { deprecated: true }),
  };
}

/** What a function declares; `data` is the schema of what stands there: the error object, the declared data inside. */
function errorsOf({ errors }: ListedFunction, set: SchemaSet): readonly JsonSchema[] {
  return Object.entries(errors).map(([code, { number, message, data }]) => ({
    code: number,
    message: message ?? code.replaceAll('-', ' '),
    data: errorObjectSchema([code], data === undefined ? undefined : set.schema(data, 'answered')),
  }));
}

function examplesOf(fn: ListedFunction): readonly JsonSchema[] {
  return shownExamples(fn).map(({ params, description }, index) => ({
    name: `example ${index + 1}`,
    ...(description === undefined ? {} : { description }),
    params: Object.entries(exampleJson(fn, params)).map(([name, value]) => ({ name, value })),
  }));
}

function method(fn: ListedFunction, set: SchemaSet): JsonSchema {
  const errors = errorsOf(fn, set);
  const examples = examplesOf(fn);
  const [url] = fn.helpUrls;
  return {
    name: fn.name,
    description: fn.description,
    paramStructure: 'either',
    params: Object.entries(fn.params).map(([name, param]) => parameter(name, param, set)),
    result: {
      name: 'result',
      schema: fn.returns === undefined ? { type: 'null' } : set.schema(fn.returns, 'answered'),
    },
    ...(errors.length === 0 ? {} : { errors }),
    ...(examples.length === 0 ? {} : { examples }),
    ...(fn.deprecated === undefined ? {} : { deprecated: true }),
    ...(url === undefined ? {} : { externalDocs: { url } }),
  };
}

/** The standard errors by their numbers, under the codes that stand in `data.code` (DESIGN §4). */
function standardErrors(): JsonSchema {
  const entries = [...standardNumbers()].map(([number, codes]) => [
    `E${-number}`,
    { code: number, message: codes.join(', '), data: errorObjectSchema(codes) },
  ]);
  return Object.fromEntries(entries);
}

/** The OpenRPC 1.3 document of functions, in their order; without `servers`, which whoever knows the address adds. */
export function openrpcDocument(functions: readonly ListedFunction[]): JsonSchema {
  const set = createSchemaSet('#/components/schemas/');
  const methods = functions.map((fn) => method(fn, set));
  return {
    openrpc: '1.3.2',
    info: { title: 'Polywire', version: '1', description: 'Functions by JSON-RPC 2.0 over HTTP.' },
    methods,
    components: { schemas: { ...set.named, ...errorSchemas }, errors: standardErrors() },
  };
}
