import { type Catalog, CatalogError, createCatalog } from '../lib/catalog.ts';
import type { AnyFunction } from '../lib/define.ts';
import { fileSettings } from '../lib/file-settings.ts';
import { createLog, type LogTarget } from '../lib/log.ts';
import type { Protocol } from '../lib/protocol.ts';
import { assemble, type Server } from '../lib/server.ts';
import { memorySettings, type PartialSettings, type SettingsStore } from '../lib/settings.ts';
import { jsonrpc } from '../protocols/jsonrpc/index.ts';
import { rest } from '../protocols/rest/index.ts';
import { soap } from '../protocols/soap/index.ts';
import { xmlrpc } from '../protocols/xmlrpc/index.ts';
import { wsdlNameCollisions } from '../wsdl/collisions.ts';

/** Every protocol that Polywire speaks. */
export const protocols: readonly Protocol[] = [rest, jsonrpc, xmlrpc, soap] as readonly Protocol[];

export interface ServerOptions {
  readonly functions: readonly AnyFunction[];
  /** Settings that live in memory; what is left out has its default: everything off. */
  readonly settings?: PartialSettings;
  /** A settings file instead, read again when it changes. */
  readonly settingsFile?: string;
  /** Where calls are noted: `stderr` (if left out), `stdout`, a file, a stream, or false. */
  readonly log?: LogTarget;
}

/**
 * Makes a server of functions over every protocol. Nothing is on until the settings say so.
 * @throws CatalogError naming each wrong definition; Fault `invalid-params` naming each wrong setting
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const log = createLog(options.log ?? 'stderr');
  const warn = (message: string) => log.events.warn(message);
  const catalog = checkedCatalog(options.functions, warn);
  warnOfPublicWrites(options.functions, warn);
  const settings = settingsStore(options, log);
  for (const name of settings.current().enabledwsprotocols) {
    if (!protocols.some((protocol) => protocol.name === name)) warn(`there is no protocol ${name} to enable`);
  }
  return assemble({ catalog, protocols, settings, log });
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
    warn(`${second} and ${first} become one name in Java (${type}): wsimport will refuse the WSDL`);
  }
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
