import type { ClientRequest } from '../../client/client.ts';
import { exchange } from '../../client/exchange.ts';
import type { FunctionData } from '../../lib/define.ts';
import type { ExportedCatalog } from '../../lib/exported/form.ts';
import { importCatalog } from '../../lib/exported/import.ts';
import { packageVersion } from '../../lib/version.ts';

/** A function as its site describes it, and the namespace of the site. */
export interface ServedFunction {
  readonly fn: FunctionData;
  readonly namespace: string | undefined;
}

/**
 * Asks a site for one of its functions, by the credentials of the call: `/catalog.json` has those that are on and listed.
 * Answers undefined where the site says nothing of it, whyever.
 */
export async function servedFunction(
  name: string,
  site: URL,
  identified: (request: ClientRequest) => ClientRequest,
): Promise<ServedFunction | undefined> {
  const url = new URL('catalog.json', site);
  url.searchParams.set('function', name);
  try {
    const request = identified({ method: 'GET', url, headers: { Accept: 'application/json' }, body: '' });
    const { body } = await exchange(request, `polywire/${packageVersion()}`, () => undefined);
    const catalog = JSON.parse(new TextDecoder().decode(body)) as ExportedCatalog;
    const fn = importCatalog(catalog).find((one) => one.name === name);
    return fn && { fn, namespace: catalog.site?.namespace };
  } catch {
    return undefined; // what is wrong there the call itself would tell, if the function were known
  }
}
