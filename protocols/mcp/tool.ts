import type { ListedFunction } from '../../lib/define.ts';
import { exampleJson, shownExamples } from '../../lib/json/example.ts';
import { operationName } from '../../lib/operation-name.ts';
import type { JsonSchema } from '../../lib/schema.ts';
import { createSchemaSet } from '../../lib/schema-set.ts';
import { isWrapped } from './result.ts';

/** A tool as `tools/list` tells it (MCP "Tools", Data Types). */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
  readonly annotations: Annotations;
}

/** What clients go by when they ask people before a call (MCP "ToolAnnotations"). */
export interface Annotations {
  readonly title: string;
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** A function's name for people: `users.get_users` is "Users: get users". */
export function titleOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll('_', ' ')
    .split('.')
    .join(': ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The description, and what stands in place of a function that is on its way out. */
export function descriptionOf({ description, deprecated }: ListedFunction): string {
  if (deprecated === undefined) return description;
  const use = deprecated.use === undefined ? '' : `; use ${operationName(deprecated.use)}`;
  return `${description} Deprecated since ${deprecated.since}${use}.`;
}

/** What a function does to the site: it works on this site alone, so its world is a closed one. */
export function annotationsOf(fn: ListedFunction, title = titleOf(fn.name)): Annotations {
  return {
    title,
    readOnlyHint: fn.effect === 'read',
    destructiveHint: fn.destructive,
    idempotentHint: fn.idempotent,
    openWorldHint: false,
  };
}

function withDefinitions(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return Object.keys(named).length === 0 ? schema : { ...schema, $defs: named };
}

/** The parameters as one JSON Schema, whose examples are those of the function. */
export function inputSchemaOf(fn: ListedFunction): JsonSchema {
  const set = createSchemaSet('#/$defs/', true);
  const schema = set.fields(fn.params, 'sent');
  const examples = shownExamples(fn).map(({ params }) => exampleJson(fn, params));
  return withDefinitions({ ...schema, ...(examples.length === 0 ? {} : { examples }) }, set.named);
}

/** The structured content of a result as one JSON Schema: always of an object, as MCP before 2026-07-28 asks. */
export function outputSchemaOf(fn: ListedFunction): JsonSchema {
  const set = createSchemaSet('#/$defs/', true);
  const { returns } = fn;
  if (returns?.kind === 'object') {
    const { name, description } = returns;
    const notes = description === undefined ? { title: name } : { title: name, description };
    return withDefinitions({ ...notes, ...set.fields(returns.fields, 'answered') }, set.named);
  }
  const own = returns === undefined ? { type: 'null' } : set.schema(returns, 'answered');
  if (!isWrapped(fn)) return withDefinitions(own, set.named);
  const wrapper = { type: 'object', properties: { result: own }, required: ['result'], additionalProperties: false };
  return withDefinitions(wrapper, set.named);
}

const tools = new WeakMap<ListedFunction, Tool>();

/** The tool of a function, made once. */
export function toolOf(fn: ListedFunction): Tool {
  let tool = tools.get(fn);
  if (tool === undefined) {
    const title = titleOf(fn.name);
    tool = {
      name: operationName(fn.name),
      title,
      description: descriptionOf(fn),
      inputSchema: inputSchemaOf(fn),
      outputSchema: outputSchemaOf(fn),
      annotations: annotationsOf(fn, title),
    };
    tools.set(fn, tool);
  }
  return tool;
}
