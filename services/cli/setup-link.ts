import type { Server } from '../../lib/server.ts';
import { type Home, homeWords } from './home.ts';
import { invocation } from './output.ts';

/** The place of an administrator whom the site has not yet. */
export interface Vacancy {
  /**
   * The link by which somebody becomes it, once, within the hour; undefined where there is no console. Its secret is in the
   * fragment, which browsers send to nobody.
   */
  readonly link: string | undefined;
}

/**
 * Offers the place of the first administrator; undefined where it is not free.
 * @param url where this process listens
 */
export async function offerPlace(server: Server, url: string): Promise<Vacancy | undefined> {
  const name = 'admin.offer_setup';
  if (server.catalog.find(name) === undefined) return undefined;
  const { wanted, secret } = (await server.call(name)) as { readonly wanted: boolean; readonly secret?: string };
  if (!wanted) return undefined;
  return { link: secret === undefined ? undefined : `${pagesAt(server, url)}setup#${secret}` };
}

/** The console, as a browser on this machine finds it, unless the settings name another address. */
function pagesAt({ settings }: Pick<Server, 'settings'>, url: string): string {
  const { publicUrl } = settings.current();
  return `${(publicUrl ?? url).replace(/\/+$/, '')}/console/`;
}

/** What `serve` says until there is an administrator. */
export function firstStartText(vacancy: Vacancy | undefined, home: Home): string {
  if (vacancy === undefined) return '';
  const command = `  ${invocation} user create <name> --role administrator${homeWords(home)}`;
  const ways =
    vacancy.link === undefined
      ? ['To make one, in another terminal:', command]
      : ['To become it, open this link within an hour:', `  ${vacancy.link}`, 'or, in another terminal:', command];
  return `\n\nThere is no administrator yet. ${ways.join('\n')}`;
}
