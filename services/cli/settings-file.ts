import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileSettings } from '../../lib/file-settings.ts';
import type { PartialSettings, Settings, SettingsStore } from '../../lib/settings.ts';
import { CommandFailure, failed, reasonText } from './failure.ts';

/** The settings file that a fresh database takes over. */
export const defaultSettingsFile = 'polywire.settings.json';

/** The file's name for people, with a remark if there is none yet. */
export function settingsName(file: string): string {
  return existsSync(file) ? file : `${file} (which does not exist yet)`;
}

/** Reads the settings once. */
export function readSettingsFile(file: string): Settings {
  const store = open(file);
  store.close();
  return store.current();
}

/** Changes the settings, all or nothing, and answers the new ones. */
export async function updateSettingsFile(
  file: string,
  change: (settings: Settings) => PartialSettings,
): Promise<Settings> {
  const store = open(file);
  try {
    return await store.update(change);
  } catch (reason) {
    throw settingsFailure(file, reason);
  } finally {
    store.close();
  }
}

/** What is wrong with a settings file, naming it. */
export function settingsFailure(file: string, reason: unknown): CommandFailure {
  if (reason instanceof CommandFailure) return reason;
  const text = reasonText(reason).replaceAll(resolve(file), file);
  return failed(text.includes(file) ? text : `${file}: ${text}`, reason);
}

function open(file: string): SettingsStore {
  try {
    return fileSettings(resolve(file), () => {});
  } catch (reason) {
    throw settingsFailure(file, reason);
  }
}
