import type { Command } from 'commander';
import { documentText } from '../../protocols/jsonrpc/document.ts';
import { addressOf, type DocumentOptions, listedSite, withDocument } from './listed-site.ts';
import { print } from './output.ts';

/** `polywire openrpc`: prints the OpenRPC document that the server would serve. */
export function configureOpenrpc(command: Command): void {
  withDocument(command).action(openrpc);
}

async function openrpc(options: DocumentOptions): Promise<void> {
  const site = await listedSite(options);
  print(documentText(site, addressOf(options, site)));
}
