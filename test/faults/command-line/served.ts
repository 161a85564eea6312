import { fileURLToPath } from 'node:url';
import type { PartialSettings } from '../../../index.ts';
import type { Project, Serving } from '../../services/cli/project.ts';
import { misbehaving } from '../wellbeing.ts';

const open = { enablewebservices: true, enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'] };

/** Functions that misbehave, served by `polywire serve` as people start it. */
export async function serveMisbehaving(project: Project, limits: PartialSettings['limits']): Promise<Serving> {
  const settings = { ...open, enabledwsfunctions: ['fault.*', 'proc.*'], limits: { floodPerMinute: 0, ...limits } };
  project.write('settings.json', JSON.stringify(settings));
  const site = fileURLToPath(new URL('../../processes/site-functions.js', import.meta.url));
  project.write(
    'functions.mjs',
    `export { functions } from '${misbehaving}';\nexport { siteFunctions } from ${JSON.stringify(site)};\n`,
  );
  return project.serve('--settings', 'settings.json', '--load', './functions.mjs');
}
