import type { Command } from 'commander';
import type { Settings } from '../../lib/settings.ts';
import { failed, usage } from './failure.ts';
import { type Loaded, type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { invocation, note, print, table } from './output.ts';
import { checkPattern, checkUsefulPattern, covers, isGlob, matches, overlap } from './patterns.ts';
import {
  readSettingsFile,
  type SettingsOption,
  settingsWords,
  updateSettingsFile,
  withSettings,
} from './settings-file.ts';
import { words } from './site.ts';
import { suggestion } from './suggest.ts';

type Options = SettingsOption & LoadOption;

/** `polywire function enable|disable|list`: which functions may be called. */
export function configureFunction(fn: Command): void {
  const add = (name: string, description: string) => withLoad(withSettings(fn.command(name).description(description)));
  add('enable', "switch functions on, by name or glob ('test.*')").argument('<pattern...>').action(enable);
  add('disable', 'switch functions off').argument('<pattern...>').action(disable);
  add('list', 'list the functions, on or off').option('--json', 'as JSON').action(list);
}

async function enable(patterns: readonly string[], { settings: file, load }: Options): Promise<void> {
  patterns.forEach(checkUsefulPattern);
  const loaded = await loadFunctions(load);
  const remarks = patterns.map((pattern) => remarkOn(pattern, loaded)).filter((remark) => remark !== undefined);
  const settings = await updateSettingsFile(file, ({ enabledwsfunctions }) => ({
    enabledwsfunctions: [...new Set([...enabledwsfunctions, ...patterns])],
  }));
  print(`Functions that are on: ${words(settings.enabledwsfunctions)}`);
  remarks.forEach(note);
  remarkOnOthers(file, settings);
}

/**
 * What is to say about a pattern that matches nothing.
 * @throws CommandFailure for a name that the loaded modules do not have
 */
function remarkOn(pattern: string, { functions, modules }: Loaded): string | undefined {
  const names = functions.map((fn) => fn.name);
  if (names.some((name) => matches(pattern, name))) return undefined;
  const loaded = modules.length > 0;
  if (loaded && !isGlob(pattern)) {
    throw usage(`${modules.join(', ')}: there is no function '${pattern}'${suggestion(pattern, names)}`);
  }
  if (loaded) return `'${pattern}' matches none of the functions that are there now`;
  const what = isGlob(pattern) ? `'${pattern}' matches none` : `'${pattern}' is none`;
  return `${what} of the samples${suggestion(pattern, names)}; give --load MODULE to have your own looked at`;
}

function remarkOnOthers(file: string, settings: Settings): void {
  const where = settingsWords(file);
  if (!settings.enablewebservices) note(`web services are off as a whole: ${invocation} site enable${where}`);
  if (settings.enabledwsprotocols.length === 0) note(`no protocol is on: ${invocation} protocol enable rest${where}`);
}

/** Takes off what the patterns mean; refuses to leave a function on by some other pattern unsaid. */
async function disable(patterns: readonly string[], { settings: file, load }: Options): Promise<void> {
  patterns.forEach(checkPattern);
  if (load.length > 0) await loadFunctions(load);
  const before = readSettingsFile(file).enabledwsfunctions;
  const settings = await updateSettingsFile(file, ({ enabledwsfunctions }) => {
    const kept = enabledwsfunctions.filter((held) => !patterns.some((pattern) => covers(pattern, held)));
    for (const pattern of patterns) {
      const by = kept.filter((held) => overlap(held, pattern));
      if (by.length > 0)
        throw failed(
          `'${pattern}' stays on by ${quoted(by)}, so nothing is changed: disable ${quoted(by)} and enable the rest by name`,
        );
    }
    return { enabledwsfunctions: kept };
  });
  print(`Functions that are on: ${words(settings.enabledwsfunctions)}`);
  for (const pattern of patterns) {
    if (!before.some((held) => covers(pattern, held))) note(`'${pattern}' was not on`);
  }
}

async function list({ settings: file, load, json }: Options & { readonly json?: true }): Promise<void> {
  const { functions } = await loadFunctions(load);
  const settings = readSettingsFile(file);
  const on = (name: string) => settings.enabledwsfunctions.some((pattern) => matches(pattern, name));
  const rows = functions
    .filter((fn) => !fn.internal)
    .map(({ name, effect, description }) => ({ name, on: on(name), effect, description }));
  if (json) {
    const { enablewebservices, enabledwsfunctions } = settings;
    print(JSON.stringify({ enablewebservices, enabledwsfunctions, functions: rows }, null, 2));
    return;
  }
  print(
    table([
      ['FUNCTION', 'STATE', 'EFFECT', 'DESCRIPTION'],
      ...rows.map((row) => [row.name, row.on ? 'on' : 'off', row.effect, row.description]),
    ]),
  );
  remarkOnOthers(file, settings);
}

function quoted(patterns: readonly string[]): string {
  return patterns.map((pattern) => `'${pattern}'`).join(', ');
}
