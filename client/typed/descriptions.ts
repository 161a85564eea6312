import type { FunctionData } from '../../lib/define.ts';
import type { ExportedCatalog } from '../../lib/exported/form.ts';
import { importCatalog } from '../../lib/exported/import.ts';
import { Issues } from '../../lib/issues.ts';
import type { ClientRequest } from '../client.ts';
import { readError, readObject } from '../json.ts';
import type { Connection } from './connection.ts';
import { ClientError } from './error.ts';
import type { ClientOptions } from './options.ts';
import { within, withRetries } from './patience.ts';
import { answered } from './reading.ts';

/** A function as clients know it, and the namespace of its site. */
export interface Described {
  readonly fn: FunctionData;
  readonly namespace: string;
}

/** Gives the description of a function, sooner or later. */
export type Describe = (name: string) => Promise<Described>;

const usualNamespace = 'urn:polywire';

/** Where the functions come from: what was given, or the catalog that the site serves. */
export function descriptions(options: ClientOptions, connection: Connection): Describe {
  const { catalog, namespace } = options;
  return catalog === undefined ? fetched(options, connection) : given(catalog, namespace);
}

function given(catalog: object, namespace: string | undefined): Describe {
  const { exported, site } =
    'polywire' in catalog
      ? { exported: importCatalog(catalog as ExportedCatalog), site: (catalog as ExportedCatalog).site }
      : { exported: functionsIn(catalog), site: undefined };
  const known = new Map(exported.map((fn) => [fn.name, fn]));
  return async (name) => ({
    fn: known.get(name) ?? unknown(name),
    namespace: namespace ?? site?.namespace ?? usualNamespace,
  });
}

/** The functions among the members of an array, a record or a module, as `FunctionsOf` has them. */
function functionsIn(members: object): readonly FunctionData[] {
  const isFunction = (member: Partial<FunctionData> | null): boolean =>
    typeof member === 'object' && typeof member?.effect === 'string' && typeof member.params === 'object';
  return Object.values(members).flat().filter(isFunction) as readonly FunctionData[];
}

function unknown(name: string): never {
  throw new ClientError('unknown-function', `The catalog has no function ${name}`, { function: name });
}

/** Fetches what is asked for in one moment together, and each function once; what has failed is fetched again. */
function fetched(options: ClientOptions, connection: Connection): Describe {
  const known = new Map<string, Promise<Described>>();
  let wanted: string[] = [];
  let coming: Promise<ExportedCatalog> | undefined;
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    wanted.push(name);
    coming ??= Promise.resolve().then(() => {
      const names = wanted;
      wanted = [];
      coming = undefined;
      return fetchCatalog(names, options, connection);
    });
    const description = coming.then((catalog) => pick(name, catalog, options.namespace));
    known.set(name, description);
    description.catch(() => known.delete(name));
    return description;
  };
}

function pick(name: string, catalog: ExportedCatalog, namespace: string | undefined): Described {
  const [fn = unknown(name)] = answered(undefined, () => {
    const functions = catalog.functions.filter((one) => one.name === name);
    return importCatalog({ ...catalog, functions });
  });
  return { fn, namespace: namespace ?? catalog.site?.namespace ?? usualNamespace };
}

/** Milliseconds that the catalog may take: calls that want it go on for their own time. */
const longest = 60_000;

function fetchCatalog(
  names: readonly string[],
  options: ClientOptions,
  connection: Connection,
): Promise<ExportedCatalog> {
  const url = connection.address('/catalog.json');
  for (const name of names) url.searchParams.append('function', name);
  const request: ClientRequest = { method: 'GET', url, headers: { Accept: 'application/json' }, body: '' };
  return within(longest, undefined, (signal) =>
    withRetries(options.retries ?? 0, signal, async () => {
      const response = await connection.send(request, signal);
      const found = answered(response, () => readObject(response));
      if (found['status'] !== 'error') return found as unknown as ExportedCatalog;
      const otherwise = { code: response.status, message: 'The catalog is not served' };
      const { code, message, ...refusal } = readError({ errors: {} }, found['error'], otherwise, new Issues());
      throw new ClientError(code, message, { ...refusal, status: response.status, function: names.join() });
    }),
  );
}
