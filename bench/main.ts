import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureAuth } from './auth.ts';
import { authReportOf, overruns } from './auth-report.ts';
import { measureBulk } from './bulk.ts';
import { bulkMisses, bulkReportOf } from './bulk-report.ts';
import { endChildren, killChildren } from './children.ts';
import { compare } from './compare.ts';
import { missingTool } from './load.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { measureParts } from './parts.ts';
import { reportOf, shortfalls } from './report.ts';

const FOLDER = join('bench', 'results');

/** Runs what the command line asks for and gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const missing = missingTool(!options.bulk);
  if (missing !== undefined) throw new Error(missing);
  if (options.bulk) return await bulkOf(options);
  if (options.parts) return await partsOf(options);
  return options.auth ? await authOf(options) : await comparisonOf(options);
}

async function partsOf(options: Options): Promise<number> {
  publish(await measureParts(options, today()), `${today()}-parts`);
  return 0;
}

async function authOf(options: Options): Promise<number> {
  const readings = await measureAuth(options);
  publish(authReportOf(readings, options, today()), `${today()}-auth${options.complete ? '' : '-partial'}`);
  return verdictOf(options.gate === undefined ? [] : overruns(readings, options.gate));
}

async function bulkOf(options: Options): Promise<number> {
  const results = await measureBulk(options);
  publish(bulkReportOf(results, options.rounds, today()), `${today()}-W5${options.complete ? '' : '-partial'}`);
  return verdictOf(options.gate === undefined ? [] : bulkMisses(results));
}

async function comparisonOf(options: Options): Promise<number> {
  const comparison = await compare(options);
  publish(reportOf(comparison, options, today()), options.complete ? today() : `${today()}-partial`);
  return verdictOf(options.gate === undefined ? [] : shortfalls(comparison, options.gate));
}

/** Names the cells that miss their targets by more than the gate lets them, and gives the exit code. */
function verdictOf(misses: readonly string[]): number {
  for (const line of misses) process.stderr.write(`misses its target by more than the slack: ${line}\n`);
  return misses.length === 0 ? 0 : 1;
}

/** Prints the report and keeps it; a shortened run never overwrites that of a whole one. */
function publish(report: string, name: string): void {
  const file = join(FOLDER, `${name}.md`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, report);
  process.stdout.write(`${report}\nwritten to ${file}\n`);
}

const today = (): string => new Date().toISOString().slice(0, 10);

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
process.once('exit', () => killChildren('SIGKILL'));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await endChildren();
}
