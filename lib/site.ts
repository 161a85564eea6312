import type { Catalog } from './catalog.ts';
import type { AnyFunction } from './define.ts';
import type { Settings } from './settings.ts';

/** What is on and what is allowed at one moment: settings applied to a catalog. A change makes a new one. */
export interface Site {
  readonly catalog: Catalog;
  readonly settings: Settings;
  /** Whether `enablewebservices` is set. */
  readonly on: boolean;
  protocolIsOn(name: string): boolean;
  functionIsOn(fn: AnyFunction): boolean;
  /** The listed functions that are on, in the order of their names: what documents and lists show. */
  readonly listed: readonly AnyFunction[];
  /** Bytes that a body may have at most, whatever the function: the site's limit or the largest that a function declares. */
  readonly bodyLimit: number;
}

/** A name matches itself, or a glob in which `*` stands for any characters; globs never match `admin.*` and `auth.*`. */
function matcher(patterns: readonly string[]): (name: string) => boolean {
  const names = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const globs = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((glob) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`));
  return (name) => names.has(name) || (!/^(?:admin|auth)\./.test(name) && globs.some((glob) => glob.test(name)));
}

/** Applies settings to a catalog. */
export function createSite(catalog: Catalog, settings: Settings): Site {
  const matches = matcher(settings.enabledwsfunctions);
  const on = new Set(catalog.functions.filter((fn) => !fn.internal && matches(fn.name)));
  const protocols = new Set(settings.enabledwsprotocols);
  const bodies = [...on].map((fn) => fn.body ?? 0);
  return Object.freeze({
    catalog,
    settings,
    on: settings.enablewebservices,
    protocolIsOn: (name: string) => protocols.has(name),
    functionIsOn: (fn: AnyFunction) => on.has(fn),
    listed: [...on].filter((fn) => fn.listed).sort((a, b) => (a.name < b.name ? -1 : 1)),
    bodyLimit: Math.max(settings.limits.body, ...bodies),
  });
}
