import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Command, Option } from 'commander';
import { type Catalog, CatalogError, createCatalog } from '../../lib/catalog.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { sampleFunctions } from '../sample/index.ts';
import { failed } from './failure.ts';
import { loadFailure } from './load-failure.ts';
import { shellWord } from './output.ts';

/** The option of all commands that know functions. */
export interface LoadOption {
  readonly load: readonly string[];
}

/** Functions to serve, to list or to call, checked together. */
export interface Loaded {
  readonly functions: readonly AnyFunction[];
  readonly catalog: Catalog;
  /** The modules they come from; none for the samples. */
  readonly modules: readonly string[];
}

/** Gives a command the option `--load MODULE`, which may be given several times. */
export function withLoad(command: Command): Command {
  const collect = (module: string, before: readonly string[]): readonly string[] => [...before, module];
  const option = new Option('--load <module>', 'a module that exports functions').argParser(collect);
  return command.addOption(option.default([] as readonly string[], 'the samples'));
}

/** How a command line names the modules. */
export function loadWords(modules: readonly string[]): string {
  return modules.map((module) => ` --load ${shellWord(module)}`).join('');
}

/**
 * The functions that modules export, or the samples if no module is named.
 * @throws CommandFailure in one line; CatalogError naming each wrong definition
 */
export async function loadFunctions(modules: readonly string[]): Promise<Loaded> {
  const found = new Set<AnyFunction>();
  for (const module of modules) for (const fn of await exportedFunctions(module)) found.add(fn);
  const functions = modules.length === 0 ? sampleFunctions : [...found];
  return { functions, catalog: createCatalog(functions), modules };
}

/** The samples and the loaded functions together: a sample gives way where the two do not fit into one catalog. */
export function besideSamples({ functions, modules }: Loaded): readonly AnyFunction[] {
  if (modules.length === 0) return functions;
  const together = [...functions];
  for (const sample of sampleFunctions) if (isCatalog([...together, sample])) together.push(sample);
  return together;
}

function isCatalog(functions: readonly AnyFunction[]): boolean {
  try {
    createCatalog(functions);
    return true;
  } catch (reason) {
    if (reason instanceof CatalogError) return false;
    throw reason;
  }
}

async function exportedFunctions(module: string): Promise<readonly AnyFunction[]> {
  const file = resolve(module);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw failed(`--load ${module}: there is no such file`);
  if (found.isDirectory()) throw failed(`--load ${module}: is a folder: name the file in it`);
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (reason) {
    throw failed(`--load ${module}: ${await loadFailure(file, reason)}`, reason);
  }
  const functions = new Set<AnyFunction>();
  for (const [name, value] of Object.entries(exported)) collect(value, name, module, functions);
  if (functions.size > 0) return [...functions];
  throw failed(
    `--load ${module}: exports no function: export what define(…) returns, an array of that, or { functions: […] }`,
  );
}

/** Whatever of a module's export is a function of ours. */
function collect(value: unknown, name: string, module: string, into: Set<AnyFunction>): void {
  if (typeof value !== 'object' || value === null) return;
  if (isFunction(value)) into.add(value);
  else if ('handler' in value && 'effect' in value) {
    throw failed(`--load ${module}: ${name} looks like a function: export what define(name, { … }) returns`);
  } else for (const [key, inner] of parts(value, name)) collect(inner, key, module, into);
}

/** Where functions may be inside of an export: an array, an extension, or all that a CommonJS module exports. */
function parts(value: object, name: string): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item, i) => [`${name}[${i}]`, item]);
  if ('functions' in value && Array.isArray(value.functions)) return parts(value.functions, `${name}.functions`);
  return name === 'default' || name === 'module.exports' ? Object.entries(value) : [];
}

/** Whether a value is what `define` returns, be it another copy of Polywire's. */
function isFunction(value: object): value is AnyFunction {
  const { name, params, errors, aliases } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    'handler' in value &&
    [params, errors, aliases].every((part) => typeof part === 'object' && part !== null)
  );
}
