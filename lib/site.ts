import type { Catalog } from './catalog.ts';
import type { AnyFunction } from './define.ts';
import { namePatterns } from './gates/patterns.ts';
import type { Settings, SettingsStore } from './settings.ts';
import type { ServiceRecord } from './store/records.ts';

/** A service of the site, and its functions that are on. */
export interface SiteService {
  readonly record: ServiceRecord;
  has(fn: AnyFunction): boolean;
  readonly listed: readonly AnyFunction[];
}

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
  /** An enabled service, by its name (without case) or by its number. */
  service(key: string | number): SiteService | undefined;
}

/** Applies settings and services to a catalog. */
export function createSite(catalog: Catalog, settings: Settings, services: readonly ServiceRecord[] = []): Site {
  const matches = namePatterns(settings.enabledwsfunctions);
  const on = new Set(catalog.functions.filter((fn) => !fn.internal && matches(fn.name)));
  const protocols = new Set(settings.enabledwsprotocols);
  const bodies = [...on].map((fn) => fn.body ?? 0);
  const listed = [...on].filter((fn) => fn.listed).sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.freeze({
    catalog,
    settings,
    on: settings.enablewebservices,
    protocolIsOn: (name: string) => protocols.has(name),
    functionIsOn: (fn: AnyFunction) => on.has(fn),
    listed,
    bodyLimit: Math.max(settings.limits.body, ...bodies),
    service: serviceFinder(services, on, listed),
  });
}

const none: readonly ServiceRecord[] = [];

/**
 * The site of the moment, made anew when settings or services have changed.
 * @param services the same list as long as it does not change
 */
export function liveSite(
  catalog: Catalog,
  settings: Pick<SettingsStore, 'current'>,
  services: () => readonly ServiceRecord[] = () => none,
): () => Site {
  let known = services();
  let site = createSite(catalog, settings.current(), known);
  return () => {
    const now = settings.current();
    if (now !== site.settings || services() !== known) {
      known = services();
      site = createSite(catalog, now, known);
    }
    return site;
  };
}

function serviceFinder(
  services: readonly ServiceRecord[],
  on: ReadonlySet<AnyFunction>,
  listed: readonly AnyFunction[],
): Site['service'] {
  const found = new Map<string | number, SiteService>();
  for (const record of services.filter(({ enabled }) => enabled)) {
    const matches = namePatterns(record.functions);
    const own = new Set([...on].filter(({ name }) => matches(name)));
    const service = { record, has: (fn: AnyFunction) => own.has(fn), listed: listed.filter((fn) => own.has(fn)) };
    found.set(record.id, service);
    found.set(record.name.toLowerCase(), service);
  }
  return (key) => found.get(typeof key === 'string' ? key.toLowerCase() : key);
}
