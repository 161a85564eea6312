import type { Command } from 'commander';
import { covers } from '../../lib/gates/patterns.ts';
import type { Settings } from '../../lib/settings.ts';
import { failed, usage } from './failure.ts';
import { type Loaded, type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { type Home, type HomeOption, homeOf, homeWords, withHome } from './home.ts';
import { invocation, note, print, table } from './output.ts';
import { ownFunctions } from './own-functions.ts';
import { checkPattern, checkUsefulPattern, isGlob, matches, overlap } from './patterns.ts';
import { words } from './site.ts';
import { suggestion } from './suggest.ts';
import { changeSwitches, readSwitches } from './switches.ts';

type Options = HomeOption & LoadOption;

/** `polywire function enable|disable|list`: which functions may be called. */
export function configureFunction(fn: Command): void {
  const add = (name: string, description: string) => withLoad(withHome(fn.command(name).description(description)));
  add('enable', "switch functions on, by name or glob ('test.*')").argument('<pattern...>').action(enable);
  add('disable', 'switch functions off').argument('<pattern...>').action(disable);
  add('list', 'list the functions, on or off')
    .option('--all', 'also those of admin and auth that are off')
    .option('--json', 'as JSON')
    .action(list);
}

async function enable(patterns: readonly string[], options: Options): Promise<void> {
  patterns.forEach(checkUsefulPattern);
  const home = homeOf(options);
  const loaded = await loadFunctions(options.load);
  const own = await namesBeside(home);
  const remarks = patterns.map((pattern) => remarkOn(pattern, loaded, own)).filter((remark) => remark !== undefined);
  const settings = await changeSwitches(home, ['enabledwsfunctions'], ({ enabledwsfunctions }) => ({
    enabledwsfunctions: [...new Set([...enabledwsfunctions, ...patterns])],
  }));
  print(`Functions that are on: ${words(settings.enabledwsfunctions)}`);
  remarks.forEach(note);
  remarkOnOthers(home, settings);
}

/** The names of the functions that come with a database; a settings file has none. */
async function namesBeside(home: Home): Promise<readonly string[]> {
  return home.kind === 'file' ? [] : (await ownFunctions()).map(({ name }) => name);
}

/**
 * What is to say about a pattern that matches nothing.
 * @throws CommandFailure for a name that the loaded modules do not have
 */
function remarkOn(pattern: string, { functions, modules }: Loaded, own: readonly string[]): string | undefined {
  const names = [...functions.map((fn) => fn.name), ...own];
  if (names.some((name) => matches(pattern, name))) return undefined;
  const loaded = modules.length > 0;
  if (loaded && !isGlob(pattern)) {
    throw usage(`${modules.join(', ')}: there is no function '${pattern}'${suggestion(pattern, names)}`);
  }
  if (loaded) return `'${pattern}' matches none of the functions that are there now`;
  const what = isGlob(pattern) ? `'${pattern}' matches none` : `'${pattern}' is none`;
  return `${what} of the samples${suggestion(pattern, names)}; give --load MODULE to have your own looked at`;
}

function remarkOnOthers(home: Home, settings: Settings): void {
  const where = homeWords(home);
  if (!settings.enablewebservices) note(`web services are off as a whole: ${invocation} site enable${where}`);
  if (settings.enabledwsprotocols.length === 0) note(`no protocol is on: ${invocation} protocol enable rest${where}`);
}

/** Takes off what the patterns mean; refuses to leave a function on by some other pattern unsaid. */
async function disable(patterns: readonly string[], options: Options): Promise<void> {
  patterns.forEach(checkPattern);
  const home = homeOf(options);
  if (options.load.length > 0) await loadFunctions(options.load);
  const before = (await readSwitches(home)).enabledwsfunctions;
  const settings = await changeSwitches(home, ['enabledwsfunctions'], ({ enabledwsfunctions }) => {
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

interface ListOptions extends Options {
  readonly all?: true;
  readonly json?: true;
}

async function list(options: ListOptions): Promise<void> {
  const home = homeOf(options);
  const { functions } = await loadFunctions(options.load);
  const settings = await readSwitches(home);
  const own = home.kind === 'file' ? [] : await ownFunctions();
  const on = (name: string) => settings.enabledwsfunctions.some((pattern) => matches(pattern, name));
  const rows = [...functions, ...own.filter(({ name }) => options.all === true || on(name))]
    .filter((fn) => !fn.internal)
    .map(({ name, effect, description }) => ({ name, on: on(name), effect, description }));
  if (options.json) {
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
  remarkOnOthers(home, settings);
}

function quoted(patterns: readonly string[]): string {
  return patterns.map((pattern) => `'${pattern}'`).join(', ');
}
