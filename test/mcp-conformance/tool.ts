import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Finished, must, run } from '../clients/command.ts';
import { repositoryFile } from '../documentation/repository.ts';

/** The official tool, the inspector, and a Node.js that they start on: both want 22. */
const packages = [
  '@modelcontextprotocol/conformance@0.2.0-alpha.12',
  '@modelcontextprotocol/inspector@2.12.0',
  'node@22.23.3',
];

function folder(): string {
  return repositoryFile('.build/mcp-conformance');
}

const toolFolder = () => join(folder(), 'node_modules', '@modelcontextprotocol', 'conformance');
const nodeProgram = () => join(folder(), 'node_modules', 'node', 'bin', 'node');

/** Installs them from npm into a folder of their own, once. */
export async function installTool(): Promise<void> {
  mkdirSync(folder(), { recursive: true });
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await must(['npm', 'install', '--prefix', folder(), ...options, ...packages], { seconds: 600 });
}

const inspectorProgram = () => join(folder(), 'node_modules', '.bin', 'mcp-inspector');

/**
 * Whether everything is there.
 * @throws Error that says how it comes there
 */
export function mustBeInstalled(): void {
  if ([toolFolder(), inspectorProgram(), nodeProgram()].every((path) => existsSync(path))) return;
  throw new Error('the tools are not there: npm run test:mcp installs them');
}

/** Asks a server by the inspector's command line. */
export function inspect(url: string, ...words: readonly string[]): Promise<Finished> {
  const program = [nodeProgram(), inspectorProgram(), '--cli', url, '--transport', 'http'];
  const env = { HOME: folder(), MCP_CATALOG_PATH: join(folder(), 'catalog.json') }; // and nothing in somebody's home
  return run([...program, ...words], { cwd: folder(), env, seconds: 60 });
}

/** What a set requires of servers. */
export function requirementsOf(revision: string): readonly string[] {
  const text = readFileSync(join(toolFolder(), 'requirements', `${revision}.yaml`), 'utf8');
  return (parse(text) as { readonly server: readonly string[] }).server;
}

/** One check of a scenario. */
export interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly errorMessage?: string;
}

/** Runs the scenarios of a set against a server, and reads what came of each. */
export async function runScenarios(url: string, revision: string): Promise<ReadonlyMap<string, readonly Check[]>> {
  const results = mkdtempSync(join(tmpdir(), 'polywire-mcp-'));
  try {
    const program = join(toolFolder(), 'dist', 'index.js');
    const words = ['server', '--url', url, '--requirements', revision, '--output-dir', results];
    const { stdout, stderr } = await run([nodeProgram(), program, ...words], { cwd: folder(), seconds: 240 });
    const found = readdirSync(results).map((name) => {
      const [, scenario = ''] = /^server-(.*)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name) ?? [];
      return [scenario, JSON.parse(readFileSync(join(results, name, 'checks.json'), 'utf8'))] as const;
    });
    if (found.length === 0)
      throw new Error(`the tool has run nothing:\n${stdout.slice(-1_000)}\n${stderr.slice(-2_000)}`);
    return new Map(found);
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}
