import type { Authenticator } from '../lib/auth/authenticator.ts';
import { type Catalog, CatalogError, createCatalog } from '../lib/catalog.ts';
import type { AnyFunction } from '../lib/define.ts';
import { catalogDocument } from '../lib/exported/document.ts';
import { fileSettings } from '../lib/file-settings.ts';
import { createLog, type Log, type LogTarget } from '../lib/log.ts';
import { Observer, type Peers } from '../lib/observe/observer.ts';
import type { Protocol } from '../lib/protocol.ts';
import { assemble, type Server } from '../lib/server.ts';
import { memorySettings, type PartialSettings, type SettingsStore } from '../lib/settings.ts';
import { liveSite, type Site } from '../lib/site.ts';
import type { ServiceRecord } from '../lib/store/records.ts';
import { packageVersion } from '../lib/version.ts';
import { jsonrpc } from '../protocols/jsonrpc/index.ts';
import { mcp } from '../protocols/mcp/index.ts';
import { rest } from '../protocols/rest/index.ts';
import { soap } from '../protocols/soap/index.ts';
import { xmlrpc } from '../protocols/xmlrpc/index.ts';
import { wsdlNameCollisions } from '../wsdl/collisions.ts';
import { generatorNameWarnings } from '../wsdl/generator-names.ts';
import { createConsole } from './console/index.ts';
import type { House } from './house.ts';
import { memoryAccess } from './memory-access.ts';

/** Every protocol that Polywire speaks, by its name in `enabledwsprotocols`. */
export const protocols: readonly Protocol[] = [rest, jsonrpc, xmlrpc, soap, mcp] as readonly Protocol[];

/** Documents of the whole site, whatever it speaks. */
const documents: readonly Protocol[] = [catalogDocument(protocols, rest as Protocol)];

export interface ServerOptions {
  readonly functions: readonly AnyFunction[];
  /** Where keys, users, tokens and switches are kept: `sqlite:polywire.db`, `postgres://…`. Left out, nobody is known. */
  readonly database?: string;
  /**
   * Settings; what is left out has its default: everything off. With a database, what a fresh one begins with; without,
   * they live in memory.
   */
  readonly settings?: PartialSettings;
  /** A settings file instead, read again when it changes. */
  readonly settingsFile?: string;
  /** Secrets of the site (`POLYWIRE_SECRET`) under which the secrets of signing keys are kept: the first seals, all open. */
  readonly secrets?: readonly string[];
  /** The address of Redis (`redis://…`), for counts per minute that several processes share. */
  readonly redis?: string;
  /** Whether other processes serve the same site, so that counts per minute are shared through the database. */
  readonly shared?: boolean;
  /** The other processes of this site, whose numbers `/metrics` adds to this one's. */
  readonly peers?: Peers;
  /** Authenticators of your own, for the chain in the settings to name. */
  readonly authenticators?: readonly Authenticator[];
  /** The folder of the console's bundled pages, where it is not beside the server. */
  readonly pages?: string;
  /** Whether this is the demo, which keeps nothing. */
  readonly demo?: boolean;
  /** Where calls are noted: `stderr` (if left out), `stdout`, a file, a stream, or false. */
  readonly log?: LogTarget;
}

/** All of them: a misspelt one would leave things off, or without a database, and say nothing. */
const optionNames = {
  functions: true,
  database: true,
  settings: true,
  settingsFile: true,
  secrets: true,
  redis: true,
  shared: true,
  peers: true,
  authenticators: true,
  pages: true,
  demo: true,
  log: true,
} satisfies { readonly [K in keyof ServerOptions]-?: true };

function checkOptions(options: ServerOptions): void {
  const stranger = Object.keys(options).find((name) => !Object.hasOwn(optionNames, name));
  if (stranger !== undefined) throw new TypeError(`createServer has no option ${stranger}`);
}

/**
 * Makes a server of functions over every protocol. Nothing is on until the settings say so.
 * @throws TypeError for an option that does not exist; CatalogError naming each wrong definition; Fault `invalid-params` naming each wrong setting, `unavailable` where the database cannot be opened
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  checkOptions(options);
  const log = createLog(options.log ?? 'stderr');
  const observer = new Observer(packageVersion(), options.peers);
  const warn = (message: string) => log.events.warn(message);
  checkedCatalog(options.functions, warn);
  warnOfPublicWrites(options.functions, warn);
  let site: (() => Site) | undefined;
  const house = await parts(options, log, observer, () => {
    if (site === undefined) throw new Error('The server does not stand yet');
    return site();
  });
  const catalog =
    house.functions.length === 0 ? checkedCatalog(options.functions, () => {}) : await wholeCatalog(options, house);
  site = liveSite(catalog, house.settings, house.services);
  for (const name of house.settings.current().enabledwsprotocols) {
    if (!protocols.some((protocol) => protocol.name === name)) warn(`there is no protocol ${name} to enable`);
  }
  const pages = createConsole({
    admin: house.admin,
    site,
    protocols,
    envelope: rest,
    pages: options.pages,
    demo: options.demo === true,
  });
  return assemble({ ...house, observer, catalog, protocols: [...protocols, pages], documents, site });
}

/** The site's functions beside those that come with a database; where they collide the database is let go of. */
async function wholeCatalog({ functions }: ServerOptions, house: House): Promise<Catalog> {
  try {
    return checkedCatalog([...functions, ...house.functions], () => {});
  } catch (reason) {
    await house.release?.();
    throw reason;
  }
}

const noServices: readonly ServiceRecord[] = [];

/** What a server stands on: a database, or settings alone. */
async function parts(options: ServerOptions, log: Log, observer: Observer, site: () => Site): Promise<House> {
  const { database, redis, secrets = [], shared = false, settings, authenticators = [] } = options;
  if (database === undefined) {
    const own = settingsStore(options, log);
    return { settings: own, log, access: memoryAccess(authenticators, own), functions: [], services: () => noServices };
  }
  if (options.settingsFile !== undefined)
    throw new TypeError('Settings are kept in a file or in a database, not in both');
  const { openHouse } = await import('./house.ts');
  return openHouse({ database, redis, secrets, shared, settings, authenticators, protocols, log, observer, site });
}

/** The catalog, whose names must also be possible side by side in one WSDL. */
function checkedCatalog(functions: readonly AnyFunction[], warn: (message: string) => void): Catalog {
  const catalog = createCatalog(functions);
  const collisions = wsdlNameCollisions(functions);
  const refused = collisions.filter(({ exact }) => exact);
  if (refused.length > 0) {
    throw new CatalogError(
      refused.map(({ type, first, second }) => `${second}: the WSDL name ${type} is taken by ${first}`),
    );
  }
  for (const { type, first, second } of collisions) {
    warn(`${second} and ${first} become one name in Java (${type}): wsimport and others cannot make stubs of both`);
  }
  for (const { at, problem } of generatorNameWarnings(functions)) warn(`${at}: ${problem}`);
  return catalog;
}

function settingsStore(options: ServerOptions, log: ReturnType<typeof createLog>): SettingsStore {
  if (options.settingsFile === undefined) return memorySettings(options.settings);
  return fileSettings(options.settingsFile, (fault) => {
    log.events.error({ issues: fault.issues }, `${fault.message}: the settings before it stay in force`);
  });
}

/** Functions that change something and ask nobody who calls are worth one line at the start. */
function warnOfPublicWrites(functions: readonly AnyFunction[], warn: (message: string) => void): void {
  const open = functions.filter(
    ({ effect, internal, access }) =>
      effect === 'write' && !internal && access.client !== 'required' && access.user !== 'required',
  );
  if (open.length > 0) warn(`anybody may call these functions that write: ${open.map(({ name }) => name).join(', ')}`);
}
