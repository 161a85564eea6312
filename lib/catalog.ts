import { isDeepStrictEqual } from 'node:util';
import type { AnyFunction } from './define.ts';
import { definitionProblems } from './definition.ts';
import type { Descriptor, ObjectDescriptor } from './descriptor.ts';
import { isDefined } from './members.ts';
import { operationName } from './operation-name.ts';

/** All functions of a server, checked. */
export interface Catalog {
  readonly functions: readonly AnyFunction[];
  /** The function of that name; with `operation`, also by the name of its WSDL operation. */
  find(name: string, spelling?: 'operation'): AnyFunction | undefined;
}

/** A catalog with definitions that cannot be served; the message lists each with its function and path. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The catalog has ${problems.length} wrong definition${problems.length === 1 ? '' : 's'}:\n  ${problems.join('\n  ')}`,
    );
    this.problems = problems;
  }
}

/**
 * Puts functions together.
 * @throws CatalogError if any definition is impossible or collides with another
 */
export function createCatalog(functions: readonly AnyFunction[]): Catalog {
  const strangers = strangersAmong(functions);
  if (strangers.length > 0) throw new CatalogError(strangers);
  const single = functions.flatMap(definitionProblems);
  const problems = [
    ...single,
    ...nameCollisions(functions),
    ...(single.length > 0 ? [] : meaningCollisions(functions)),
  ];
  if (problems.length > 0) throw new CatalogError(problems);
  const byName = new Map(functions.map((fn) => [fn.name, fn]));
  const byOperation = new Map(functions.map((fn) => [operationName(fn.name), fn]));
  return Object.freeze({
    functions: Object.freeze([...functions]),
    find: (name: string, spelling?: 'operation') =>
      byName.get(name) ?? (spelling === 'operation' ? byOperation.get(name) : undefined),
  });
}

/** What is no function of a catalog, and so has no name to be told by. */
function strangersAmong(functions: unknown): string[] {
  if (!Array.isArray(functions)) return ['functions: must be an array of what define(…) returns'];
  return functions.flatMap((fn, index) => (isDefined(fn) ? [] : [`functions/${index}: is not what define(…) returns`]));
}

/** One name with two meanings, which no single definition shows. */
function meaningCollisions(functions: readonly AnyFunction[]): string[] {
  return [...typeCollisions(functions), ...errorCollisions(functions)];
}

function nameCollisions(functions: readonly AnyFunction[]): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const { name } of functions) {
    const key = name.replace(/[._]/g, '').toLowerCase();
    const other = seen.get(key);
    if (other === name) problems.push(`${name}: is defined twice`);
    else if (other !== undefined)
      problems.push(`${name}: collides with ${other} once dots, underscores and case are dropped`);
    else seen.set(key, name);
  }
  return problems;
}

interface Use {
  readonly type: ObjectDescriptor;
  readonly at: string;
}

/** Every object type below a descriptor, with the path that leads to it. */
export function* objectTypes(descriptor: Descriptor, at: string): Generator<Use> {
  switch (descriptor.kind) {
    case 'object':
      yield { type: descriptor, at };
      for (const [name, field] of Object.entries(descriptor.fields)) yield* objectTypes(field, `${at}/${name}`);
      return;
    case 'list':
      yield* objectTypes(descriptor.item, `${at}/item`);
      return;
    case 'map':
      yield* objectTypes(descriptor.value, `${at}/value`);
      return;
    case 'nullable':
    case 'optional':
    case 'default':
      yield* objectTypes(descriptor.inner, at);
  }
}

/** Every object type of a function: of its parameters, its result and its errors. */
export function* functionTypes(fn: AnyFunction): Generator<Use> {
  for (const [name, param] of Object.entries(fn.params)) yield* objectTypes(param, `${fn.name}: params/${name}`);
  if (fn.returns !== undefined) yield* objectTypes(fn.returns, `${fn.name}: returns`);
  for (const [code, error] of Object.entries(fn.errors)) {
    if (error.data !== undefined) yield* objectTypes(error.data, `${fn.name}: errors/${code}`);
  }
}

/** A descriptor's data without what may differ between uses of one type. */
function shapeOf(descriptor: Descriptor): unknown {
  if (descriptor.kind === 'object') {
    return {
      name: descriptor.name,
      fields: Object.entries(descriptor.fields).map(([name, field]) => [name, shapeOf(field)]),
    };
  }
  const { description: _, ...data } = descriptor as unknown as Record<string, unknown>;
  const below = descriptor.kind === 'list' ? 'item' : descriptor.kind === 'map' ? 'value' : 'inner';
  if (below in data) data[below] = shapeOf(data[below] as Descriptor);
  return data;
}

function typeCollisions(functions: readonly AnyFunction[]): string[] {
  const seen = new Map<string, Use>();
  const folded = new Map<string, string>();
  const problems: string[] = [];
  for (const use of functions.flatMap((fn) => [...functionTypes(fn)])) {
    const { name } = use.type;
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, use);
      const other = folded.get(name.toLowerCase());
      if (other !== undefined) problems.push(`${use.at}: type ${name} differs from type ${other} only in case`);
      folded.set(name.toLowerCase(), name);
    } else if (first.type !== use.type && !isDeepStrictEqual(shapeOf(first.type), shapeOf(use.type))) {
      problems.push(`${use.at}: type ${name} has other fields than at ${first.at}`);
    }
  }
  return problems;
}

interface ErrorUse {
  readonly at: string;
  readonly code: string;
  readonly number: number;
  readonly data: unknown;
}

function errorCollisions(functions: readonly AnyFunction[]): string[] {
  const uses = functions.flatMap((fn) =>
    Object.entries(fn.errors).map(
      ([code, { number, data }]): ErrorUse => ({
        at: `${fn.name}: errors/${code}`,
        code,
        number,
        data: data === undefined ? undefined : shapeOf(data),
      }),
    ),
  );
  const byCode = new Map<string, ErrorUse>();
  const byNumber = new Map<number, ErrorUse>();
  return uses.flatMap((use) => {
    const first = byCode.get(use.code) ?? use;
    const holder = byNumber.get(use.number) ?? use;
    byCode.set(use.code, first);
    byNumber.set(use.number, holder);
    return [
      ...(first.number === use.number ? [] : [`${use.at}: has another number than at ${first.at}`]),
      ...(isDeepStrictEqual(first.data, use.data) ? [] : [`${use.at}: has other data than at ${first.at}`]),
      ...(holder.code === use.code ? [] : [`${use.at}: number ${use.number} belongs to ${holder.code}`]),
    ];
  });
}
