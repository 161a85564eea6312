import type { Command } from 'commander';
import type { Settings } from '../../lib/settings.ts';
import { print } from './output.ts';
import {
  readSettingsFile,
  type SettingsOption,
  settingsName,
  updateSettingsFile,
  withSettings,
} from './settings-file.ts';

/** `polywire site enable|disable|show`: the switch of all web services. */
export function configureSite(site: Command): void {
  withSettings(site.command('enable').description('switch web services on')).action((options: SettingsOption) =>
    switchSite(true, options),
  );
  withSettings(site.command('disable').description('switch web services off')).action((options: SettingsOption) =>
    switchSite(false, options),
  );
  withSettings(site.command('show').description('show all three switches')).option('--json', 'as JSON').action(show);
}

async function switchSite(on: boolean, { settings }: SettingsOption): Promise<void> {
  await updateSettingsFile(settings, () => ({ enablewebservices: on }));
  print(`Web services are ${on ? 'on' : 'off'}.`);
}

function show({ settings: file, json }: SettingsOption & { readonly json?: true }): void {
  const { enablewebservices, enabledwsprotocols, enabledwsfunctions } = readSettingsFile(file);
  if (json) {
    print(JSON.stringify({ enablewebservices, enabledwsprotocols, enabledwsfunctions }, null, 2));
    return;
  }
  print(`Settings:      ${settingsName(file)}
Web services:  ${enablewebservices ? 'on' : 'off'}
Protocols:     ${words(enabledwsprotocols)}
Functions:     ${words(enabledwsfunctions)}`);
}

/** A list for people. */
export function words(list: Settings['enabledwsfunctions']): string {
  return list.length === 0 ? 'none' : list.join(', ');
}
