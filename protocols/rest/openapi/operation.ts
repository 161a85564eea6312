import type { AnyFunction } from '../../../lib/define.ts';
import { exampleJson, shownExamples } from '../../../lib/json/example.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import type { SchemaSet } from '../../../lib/schema-set.ts';
import type { Settings } from '../../../lib/settings.ts';
import { fitsQuery, queryParameter } from './query.ts';
import { responsesOf } from './responses.ts';
import { securityOf } from './security.ts';

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Of known callers: the call is carried out once for each key, and answered again for a day.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
} as const;

/** The first sentence of a description, for lists. */
function summaryOf({ description }: AnyFunction): string {
  return /^.*?[.!?](?=\s|$)/s.exec(description)?.[0] ?? description;
}

function descriptionOf({ description, access, deprecated }: AnyFunction): string {
  const needs = access.capabilities?.map((name) => `\`${name}\``).join(', ');
  const instead = deprecated?.use === undefined ? '' : ` Use \`${deprecated.use}\`.`;
  return [
    description,
    ...(needs === undefined ? [] : [`Needs the capability ${needs}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated since ${deprecated.since}.${instead}`]),
  ].join('\n\n');
}

/** What both methods of a function have in common. */
function common(fn: AnyFunction, set: SchemaSet, settings: Settings): JsonSchema {
  const security = securityOf(fn.access, settings);
  const [group = ''] = fn.name.split('.', 1);
  const [url] = fn.helpUrls;
  return {
    tags: [group],
    summary: summaryOf(fn),
    description: descriptionOf(fn),
    ...(fn.deprecated === undefined ? {} : { deprecated: true }),
    ...(url === undefined ? {} : { externalDocs: { url } }),
    ...(security === undefined ? {} : { security }),
    responses: responsesOf(fn, set),
  };
}

function requestBody(fn: AnyFunction, set: SchemaSet): JsonSchema {
  const schema = set.fields(fn.params, 'sent');
  const examples = shownExamples(fn).map(({ params, description }, index) => [
    `example${index + 1}`,
    { ...(description === undefined ? {} : { summary: description }), value: exampleJson(fn, params) },
  ]);
  const media = { schema, ...(examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }) };
  // a body even where nothing is required: the door refuses a POST that does not say what it carries
  return { required: true, content: { 'application/json': media } };
}

/** The operations of a function by method: POST always, GET for what only reads and whose parameters fit a query. */
export function operationsOf(fn: AnyFunction, set: SchemaSet, settings: Settings): JsonSchema {
  const operationId = fn.name.replaceAll('.', '_');
  const shared = common(fn, set, settings);
  const parameters = fn.effect === 'write' ? { parameters: [idempotencyKey] } : {};
  const post = { operationId, ...shared, ...parameters, requestBody: requestBody(fn, set) };
  const queried = fn.effect === 'read' && !fn.post && Object.values(fn.params).every(fitsQuery);
  if (!queried) return { post };
  const query = Object.entries(fn.params).map(([name, param]) => queryParameter(name, param, set));
  return { get: { operationId: `${operationId}-get`, ...shared, parameters: query }, post };
}
