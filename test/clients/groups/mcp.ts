import { join } from 'node:path';
import type { ClientRun, ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { python, pythonProgram } from './python.ts';

/** The command of a program that is told how to find a revision before it is told the address. */
function told(command: (place: Place) => readonly string[], mode: string): ClientRun['command'] {
  return (place) => [...command(place), mode, place.url];
}

/** Its imports alone take as long as other clients' whole programs do, and longer on a machine at work. */
const seconds = 240;

const pythonClient: ForeignClient = {
  name: 'Python mcp',
  ...python,
  runs: [
    { title: 'MCP 2026-07-28', protocol: 'mcp', seconds, command: told(pythonProgram('mcp_client.py'), 'auto') },
    { title: 'MCP 2025-11-25', protocol: 'mcp', seconds, command: told(pythonProgram('mcp_client.py'), 'legacy') },
  ],
};

/** Installs packages from npm into a folder of their own: they are too many to be dependencies. */
async function installNpm({ build }: Pick<Place, 'build'>): Promise<void> {
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await must(['npm', 'install', '--prefix', build, ...options, '@modelcontextprotocol/sdk@1.32.2']);
}

const npmClient: ForeignClient = {
  name: 'npm @modelcontextprotocol/sdk 1',
  folder: 'mcp',
  install: installNpm,
  runs: [
    {
      title: 'MCP 2025-11-25',
      protocol: 'mcp',
      command: ({ source, url }) => [process.execPath, join(source, 'sdk.mjs'), url],
    },
  ],
};

/** Clients of MCP. */
export const mcpClients: readonly ForeignClient[] = [pythonClient, npmClient];
