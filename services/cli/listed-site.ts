import type { Command } from 'commander';
import { createSite, type Site } from '../../lib/site.ts';
import { usage } from './failure.ts';
import { type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { type HomeOption, homeOf, withHome } from './home.ts';
import { note } from './output.ts';
import { readSwitches } from './switches.ts';

/** What commands that print a document are told. */
export interface DocumentOptions extends HomeOption, LoadOption {
  readonly url?: string;
  readonly all?: true;
}

/** Gives a command the options of documents that name no address. */
export function withListed(command: Command): Command {
  return withLoad(withHome(command)).option('--all', 'of all functions, on or off');
}

/** Gives a command the options of documents. */
export function withDocument(command: Command): Command {
  return withListed(command.option('--url <url>', 'the address that callers use'));
}

/** The site of the moment, or one with every function on. */
export async function listedSite({ load, all, url: _, ...home }: DocumentOptions): Promise<Site> {
  const { catalog } = await loadFunctions(load);
  const settings = await readSwitches(homeOf(home));
  const enabledwsfunctions = all ? catalog.functions.map((fn) => fn.name) : settings.enabledwsfunctions;
  const site = createSite(catalog, { ...settings, enabledwsfunctions });
  if (site.listed.length === 0) note('no function is on: give --all for the document of all functions');
  return site;
}

/** The address of a site for its documents, without a slash at the end. */
export function addressOf({ url }: DocumentOptions, { settings }: Site): string {
  const address = url ?? settings.publicUrl ?? 'http://127.0.0.1:8080';
  if (!URL.canParse(address) || !/^https?:/.test(address)) throw usage(`'${address}' is no http or https address`);
  return address.replace(/\/+$/, '');
}
