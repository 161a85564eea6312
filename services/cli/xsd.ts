import type { Command } from 'commander';
import { schemaDocument } from '../../wsdl/schema.ts';
import { type DocumentOptions, listedSite, withListed } from './listed-site.ts';
import { print } from './output.ts';

/** `polywire xsd`: prints the XML Schema that the server would serve for `/soap?xsd`. */
export function configureXsd(command: Command): void {
  withListed(command).action(xsd);
}

async function xsd(options: Omit<DocumentOptions, 'url'>): Promise<void> {
  const { listed, settings } = await listedSite(options);
  print(schemaDocument(listed, settings.namespace));
}
