import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const missing = missingTool();
  if (missing !== undefined) throw new Error(missing);
  return options.parts ? await partsOf(options) : await comparisonOf(options);
}

async function partsOf(options: Options): Promise<number> {
  publish(await measureParts(options, today()), `${today()}-parts`);
  return 0;
}

async function comparisonOf(options: Options): Promise<number> {
  const comparison = await compare(options);
  publish(reportOf(comparison, options, today()), options.complete ? today() : `${today()}-partial`);
  if (options.gate === undefined) return 0;
  const short = shortfalls(comparison, options.gate);
  for (const line of short) process.stderr.write(`below its target by more than the slack: ${line}\n`);
  return short.length === 0 ? 0 : 1;
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
