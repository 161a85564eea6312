import type { Command } from 'commander';
import { type DocumentPath, documentText } from '../../protocols/rest/document.ts';
import { addressOf, type DocumentOptions, listedSite, withDocument } from './listed-site.ts';
import { print } from './output.ts';

interface Options extends DocumentOptions {
  readonly yaml?: true;
}

/** `polywire openapi`: prints the OpenAPI document that the server would serve. */
export function configureOpenapi(command: Command): void {
  withDocument(command).option('--yaml', 'as YAML').action(openapi);
}

async function openapi({ yaml, ...options }: Options): Promise<void> {
  const site = await listedSite(options);
  const path: DocumentPath = yaml ? '/openapi.yaml' : '/openapi.json';
  print(documentText(path, site, addressOf(options, site)));
}
