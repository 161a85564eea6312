import { t } from '../../lib/builders.ts';
import { type AnyFunction, type CallContext, define, type ListedFunction } from '../../lib/define.ts';
import type { Json } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { exampleJson, shownExamples } from '../../lib/json/example.ts';
import { operationName } from '../../lib/operation-name.ts';
import type { Site } from '../../lib/site.ts';
import { search } from './search.ts';
import { annotationsOf, descriptionOf, inputSchemaOf, outputSchemaOf, type Tool, titleOf, toolOf } from './tool.ts';

/** Names of the tools that stand for all functions where these are many. */
export interface Toolbox {
  readonly search: string;
  readonly describe: string;
  readonly call: string;
}

const toolboxes = new WeakMap<Site, Toolbox>();

/** The names of the toolbox at a site: where a function has one of them, the tool has a name that no function can have. */
export function toolboxOf(site: Site): Toolbox {
  let toolbox = toolboxes.get(site);
  if (toolbox === undefined) {
    const taken = new Set(site.listed.map(({ name }) => operationName(name)));
    const free = (name: string, other: string): string => (taken.has(name) ? other : name);
    toolbox = {
      search: free('search', 'search-functions'),
      describe: free('describe', 'describe-function'),
      call: free('call', 'call-function'),
    };
    toolboxes.set(site, toolbox);
  }
  return toolbox;
}

/** The functions of the site that the caller may call; what MCP has of its own has a slash in its name. */
export function callable(call: Pick<CallContext, 'functions' | 'mayCall'>): readonly ListedFunction[] {
  return call.functions().filter(({ name }) => !name.includes('/') && call.mayCall(name));
}

const Found = t.object('FoundFunction', {
  name: t.string({ description: 'The name to describe and to call it by.' }),
  title: t.string(),
  description: t.string(),
  readOnly: t.boolean({ description: 'Whether it changes nothing.' }),
});

/** `search`: which functions there are for a purpose. */
export const searchFunctions = define('mcp/search', {
  description:
    'Finds functions of this site by words of their names, titles, descriptions and parameters, the likeliest first. Without a query all of them are listed.',
  effect: 'read',
  params: {
    query: t.default(t.string({ max: 1_000 }), '', { description: 'Words of what the function should do.' }),
    offset: t.default(t.int({ min: 0 }), 0, { description: 'How many to leave out: `next` of the answer before.' }),
    limit: t.default(t.int({ min: 1, max: 100 }), 20),
  },
  returns: t.object('FoundFunctions', {
    functions: t.list(Found),
    total: t.int({ description: 'How many were found.' }),
    next: t.optional(t.int({ description: 'The offset of those that follow.' })),
  }),
  examples: [{ params: { query: 'find users by email' } }],
  handler: ({ query, offset, limit }, call) => {
    const found = search(query, callable(call));
    const end = offset + limit;
    return {
      functions: found.slice(offset, end).map((fn) => ({
        name: operationName(fn.name),
        title: titleOf(fn.name),
        description: descriptionOf(fn),
        readOnly: fn.effect === 'read',
      })),
      total: found.length,
      next: end < found.length ? end : undefined,
    };
  },
});

const functionName = t.string({ max: 128, description: 'The name of the function, as it was found.' });

function errorsOf({ errors }: ListedFunction): { readonly code: string; readonly message: string }[] {
  return Object.entries(errors).map(([code, { message }]) => ({ code, message: message ?? code.replaceAll('-', ' ') }));
}

/** `describe`: how one function is called. */
export const describeFunction = define('mcp/describe', {
  description: 'Describes one function: the JSON Schemas of its arguments and of its result, its errors and examples.',
  effect: 'read',
  params: { name: functionName },
  returns: t.object('DescribedFunction', {
    name: t.string(),
    title: t.string(),
    description: t.string(),
    inputSchema: t.json({ description: 'Of the arguments.' }),
    outputSchema: t.json({ description: 'Of the structured content of the result.' }),
    annotations: t.json(),
    errors: t.list(t.object('DescribedError', { code: t.string(), message: t.string() })),
    examples: t.list(t.json(), { description: 'Arguments as they can be sent.' }),
  }),
  handler: ({ name }, call) => {
    const fn = callable(call).find((one) => one.name === name || operationName(one.name) === name);
    if (fn === undefined) throw new Fault('unknown-function', 'There is no such function', { gate: 'function' });
    const { title, description } = toolOf(fn);
    return {
      name: operationName(fn.name),
      title,
      description,
      inputSchema: inputSchemaOf(fn) as Json,
      outputSchema: outputSchemaOf(fn) as Json,
      annotations: annotationsOf(fn, title) as unknown as Json,
      errors: errorsOf(fn),
      examples: shownExamples(fn).map(({ params }) => exampleJson(fn, params)),
    };
  },
});

/** `call`: the form of its arguments; the function that they name is what is called, through its own gates. */
const callFunction = define('mcp/call', {
  description: 'Calls one function with arguments as its description has them.',
  effect: 'write',
  params: {
    name: functionName,
    arguments: t.optional(t.map(t.json(), { description: 'By the input schema of the function.' })),
  },
  handler: () => undefined,
});

function named(fn: AnyFunction, name: string, title: string): Tool {
  return { ...toolOf(fn), name, title, annotations: annotationsOf(fn, title) };
}

/** The three tools; what `call` answers is by the function that it calls, so that no schema of it is told. */
export function toolboxTools({ search: find, describe, call }: Toolbox): readonly Tool[] {
  const { outputSchema: _, ...caller } = named(callFunction, call, 'Call a function');
  return [
    named(searchFunctions, find, 'Search functions'),
    named(describeFunction, describe, 'Describe a function'),
    {
      ...caller,
      description: `${callFunction.description} Find functions with ${find}, and their arguments with ${describe}.`,
    },
  ];
}
