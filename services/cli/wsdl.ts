import { type Command, Option } from 'commander';
import { createSite } from '../../lib/site.ts';
import { withAddress, wsdlDocument } from '../../wsdl/document.ts';
import { usage } from './failure.ts';
import { type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { type HomeOption, homeOf, withHome } from './home.ts';
import { note, print } from './output.ts';
import { readSwitches } from './switches.ts';

interface Options extends HomeOption, LoadOption {
  readonly style: 'literal' | 'soap12' | 'encoded';
  readonly url?: string;
  readonly all?: true;
}

/** `polywire wsdl`: prints the WSDL that the server would serve. */
export function configureWsdl(command: Command): void {
  withLoad(withHome(command))
    .addOption(new Option('--style <style>', 'form').choices(['literal', 'soap12', 'encoded']).default('literal'))
    .option('--url <url>', 'the address that callers use')
    .option('--all', 'of all functions, on or off')
    .action(wsdl);
}

async function wsdl({ load, style, url, all, ...home }: Options): Promise<void> {
  const { catalog } = await loadFunctions(load);
  const settings = await readSwitches(homeOf(home));
  const enabledwsfunctions = all ? catalog.functions.map((fn) => fn.name) : settings.enabledwsfunctions;
  const { listed } = createSite(catalog, { ...settings, enabledwsfunctions });
  if (listed.length === 0) note('no function is on: give --all for the WSDL of all functions');
  print(
    withAddress(wsdlDocument(listed, { namespace: settings.namespace, style }), address(url ?? settings.publicUrl)),
  );
}

/** Where SOAP answers at a public address, as the server has it. */
function address(url = 'http://127.0.0.1:8080'): string {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw usage(`'${url}' is no http or https address`);
  return `${url.replace(/\/+$/, '').replace(/\/soap$/, '')}/soap`;
}
