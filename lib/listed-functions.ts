import type { ListedFunction } from './define.ts';
import type { Protocol } from './protocol.ts';
import type { Site } from './site.ts';

const lists = new WeakMap<Site, Map<string, readonly ListedFunction[]>>();

/**
 * What a caller may know of: the listed functions that are on, within the services of the caller's credentials, and the
 * protocol's own. One list for all who see the same, as long as the site stays what it is.
 */
export function listedFunctions(
  site: Site,
  { name, functions = [] }: Pick<Protocol, 'name' | 'functions'>,
  services: readonly number[],
): readonly ListedFunction[] {
  const known = lists.get(site) ?? new Map<string, readonly ListedFunction[]>();
  lists.set(site, known);
  const key = [name, ...new Set(services)].join(' ');
  let list = known.get(key);
  if (list === undefined) {
    const within = site.listed.filter((fn) => services.every((id) => site.service(id)?.has(fn)));
    list = Object.freeze([...within, ...functions]);
    known.set(key, list);
  }
  return list;
}
