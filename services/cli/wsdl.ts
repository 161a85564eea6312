import { type Command, Option } from 'commander';
import { withAddress, wsdlDocument } from '../../wsdl/document.ts';
import { addressOf, type DocumentOptions, listedSite, withDocument } from './listed-site.ts';
import { print } from './output.ts';

interface Options extends DocumentOptions {
  readonly style: 'literal' | 'soap12' | 'encoded';
}

/** `polywire wsdl`: prints the WSDL that the server would serve. */
export function configureWsdl(command: Command): void {
  withDocument(command)
    .addOption(new Option('--style <style>', 'form').choices(['literal', 'soap12', 'encoded']).default('literal'))
    .action(wsdl);
}

async function wsdl({ style, ...options }: Options): Promise<void> {
  const site = await listedSite(options);
  const address = `${addressOf(options, site).replace(/\/soap$/, '')}/soap`;
  print(withAddress(wsdlDocument(site.listed, { namespace: site.settings.namespace, style }), address));
}
