import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { catalogChanges } from '../../lib/changes/catalog-changes.ts';
import type { Change } from '../../lib/changes/change.ts';
import { comparable, readComparable } from '../../lib/changes/comparable.ts';
import { exportCatalog } from '../../lib/exported/export.ts';
import { CommandFailure, failed, reasonText } from './failure.ts';
import { type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { print, table } from './output.ts';

interface DiffOptions extends LoadOption {
  readonly json?: true;
  readonly strict?: true;
}

/** `polywire catalog export|diff`: what the functions are, and what has become of them. */
export function configureCatalog(command: Command): void {
  withLoad(
    command.command('export').description('print the catalog as JSON, for clients and to compare a later one with'),
  ).action(exportJson);
  withLoad(command.command('diff').description('say what has changed since an export, and whose clients break'))
    .argument('<old>', 'the file that export has written')
    .option('--json', 'as JSON')
    .option('--strict', 'end with status 1 also where only strict clients may break')
    .action(diff);
}

async function exportJson({ load }: LoadOption): Promise<void> {
  const { functions } = await loadFunctions(load);
  print(JSON.stringify(exportCatalog(functions), null, 2));
}

async function diff(old: string, { load, json, strict }: DiffOptions): Promise<void> {
  const before = readComparable(textOf(old));
  const { functions } = await loadFunctions(load);
  const changes = catalogChanges(before, comparable(functions));
  print(json ? JSON.stringify(changes, null, 2) : report(changes));
  const counts = ({ breaks, mayBreak }: Change): boolean =>
    breaks.length > 0 || (strict === true && mayBreak.length > 0);
  if (changes.some(counts)) throw new CommandFailure([], 1);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (reason) {
    throw failed(`${file}: ${reasonText(reason as Error)}`, reason);
  }
}

function effectOf({ breaks, mayBreak }: Change): string {
  const effects = [
    ...(breaks.length > 0 ? [`breaks ${breaks.join(' ')}`] : []),
    ...(mayBreak.length > 0 ? [`may break ${mayBreak.join(' ')}`] : []),
  ];
  return effects.join(', ') || 'ok';
}

function report(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing that callers see has changed.';
  const rows = changes.map((change) => [
    change.function,
    change.path === '' ? change.message : `${change.path} ${change.message}`,
    effectOf(change),
  ]);
  return table([['FUNCTION', 'CHANGE', 'CLIENTS'], ...rows]);
}
