import type { Command } from 'commander';
import { protocols } from '../site.ts';
import { usage } from './failure.ts';
import { type HomeOption, homeOf, homeWords, withHome } from './home.ts';
import { invocation, note, print, table } from './output.ts';
import { words } from './site.ts';
import { suggestion } from './suggest.ts';
import { changeSwitches, homeName, readSwitches } from './switches.ts';

const known = protocols.map(({ name }) => name);

/** `polywire protocol enable|disable|list`: which protocols answer. */
export function configureProtocol(protocol: Command): void {
  withHome(protocol.command('enable').description('switch protocols on').argument('<name...>')).action(enable);
  withHome(protocol.command('disable').description('switch protocols off').argument('<name...>')).action(disable);
  withHome(protocol.command('list').description('list the protocols, on or off'))
    .option('--json', 'as JSON')
    .action(list);
}

function checkNames(names: readonly string[]): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    throw usage(`there is no protocol '${name}'${suggestion(name, known)}: ${known.join(', ')}`);
  }
}

async function enable(names: readonly string[], options: HomeOption): Promise<void> {
  checkNames(names);
  const home = homeOf(options);
  const settings = await changeSwitches(home, ['enabledwsprotocols'], ({ enabledwsprotocols }) => ({
    enabledwsprotocols: [...new Set([...enabledwsprotocols, ...names])],
  }));
  print(`Protocols that are on: ${words(settings.enabledwsprotocols)}`);
  if (!settings.enablewebservices) note(`web services are off as a whole: ${invocation} site enable${homeWords(home)}`);
}

/** Takes any name that is on, also one that no longer exists. */
async function disable(names: readonly string[], options: HomeOption): Promise<void> {
  const home = homeOf(options);
  const { enabledwsprotocols: before } = await readSwitches(home);
  checkNames(names.filter((name) => !before.includes(name)));
  const settings = await changeSwitches(home, ['enabledwsprotocols'], ({ enabledwsprotocols }) => ({
    enabledwsprotocols: enabledwsprotocols.filter((name) => !names.includes(name)),
  }));
  print(`Protocols that are on: ${words(settings.enabledwsprotocols)}`);
}

async function list(options: HomeOption & { readonly json?: true }): Promise<void> {
  const home = homeOf(options);
  const settings = await readSwitches(home);
  const rows = protocols.map(({ name, routes }) => ({
    name,
    on: settings.enabledwsprotocols.includes(name),
    path: routes[0]?.path ?? '',
  }));
  if (options.json) {
    print(JSON.stringify({ enablewebservices: settings.enablewebservices, protocols: rows }, null, 2));
    return;
  }
  print(table([['PROTOCOL', 'STATE', 'PATH'], ...rows.map(({ name, on, path }) => [name, on ? 'on' : 'off', path])]));
  const strangers = settings.enabledwsprotocols.filter((name) => !known.includes(name));
  if (strangers.length > 0) note(`${homeName(home)} switches on what does not exist: ${words(strangers)}`);
  if (!settings.enablewebservices) note(`web services are off as a whole: ${invocation} site enable${homeWords(home)}`);
}
