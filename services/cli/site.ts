import type { Command } from 'commander';
import type { Settings } from '../../lib/settings.ts';
import { type HomeOption, homeOf, withHome } from './home.ts';
import { print } from './output.ts';
import { changeSwitches, homeName, readSwitches } from './switches.ts';

/** `polywire site enable|disable|show`: the switch of all web services. */
export function configureSite(site: Command): void {
  withHome(site.command('enable').description('switch web services on')).action((options: HomeOption) =>
    switchSite(true, options),
  );
  withHome(site.command('disable').description('switch web services off')).action((options: HomeOption) =>
    switchSite(false, options),
  );
  withHome(site.command('show').description('show all three switches')).option('--json', 'as JSON').action(show);
}

async function switchSite(on: boolean, options: HomeOption): Promise<void> {
  await changeSwitches(homeOf(options), ['enablewebservices'], () => ({ enablewebservices: on }));
  print(`Web services are ${on ? 'on' : 'off'}.`);
}

async function show(options: HomeOption & { readonly json?: true }): Promise<void> {
  const home = homeOf(options);
  const { enablewebservices, enabledwsprotocols, enabledwsfunctions } = await readSwitches(home);
  if (options.json) {
    print(JSON.stringify({ enablewebservices, enabledwsprotocols, enabledwsfunctions }, null, 2));
    return;
  }
  print(`Settings:      ${homeName(home)}
Web services:  ${enablewebservices ? 'on' : 'off'}
Protocols:     ${words(enabledwsprotocols)}
Functions:     ${words(enabledwsfunctions)}`);
}

/** A list for people. */
export function words(list: Settings['enabledwsfunctions']): string {
  return list.length === 0 ? 'none' : list.join(', ');
}
