import { isDeepStrictEqual } from 'node:util';
import { changedSettings, type PartialSettings, readSettings, type Settings } from '../../lib/settings.ts';
import { databaseExists, withStore } from './database.ts';
import { type Home, withoutPassword } from './home.ts';
import { defaultSettingsFile, readSettingsFile, settingsName, updateSettingsFile } from './settings-file.ts';

/** The place's name for people, with a remark if there is nothing yet. */
export function homeName(home: Home): string {
  if (home.kind === 'file') return settingsName(home.file);
  const name = withoutPassword(home.url);
  return databaseExists(home.url) ? name : `${name} (which does not exist yet)`;
}

/** Reads switches and settings once, and makes no database for that: what it would take over counts. */
export async function readSwitches(home: Home): Promise<Settings> {
  if (home.kind === 'file') return readSettingsFile(home.file);
  if (!databaseExists(home.url)) return readSettingsFile(defaultSettingsFile);
  return withStore(home.url, async (store) => readSettings(await store.settings.read()));
}

/**
 * Changes settings, all or nothing, and answers the new ones.
 * @param subjects the names of the settings, for the list of events
 */
export async function changeSwitches(
  home: Home,
  subjects: readonly string[],
  change: (settings: Settings) => PartialSettings,
): Promise<Settings> {
  if (home.kind === 'file') return updateSettingsFile(home.file, change);
  return withStore(home.url, async (store) => {
    let refusal: unknown;
    let same = false;
    const held = await store.settings
      .update((before) => {
        try {
          const next = changed(before, change);
          same = isDeepStrictEqual(next, before);
          return next;
        } catch (reason) {
          refusal = reason;
          throw reason;
        }
      })
      .catch((reason: unknown) => {
        throw refusal ?? reason;
      });
    const time = Date.now();
    for (const subject of same ? [] : subjects)
      await store.audit.event({ time, kind: 'setting-changed', actor: 'cli', subject });
    return readSettings(held);
  });
}

/** Settings after a change, checked, without what the change takes away. */
function changed(before: PartialSettings, change: (settings: Settings) => PartialSettings): PartialSettings {
  const next = changedSettings(before, change(readable(before)));
  readSettings(next);
  return JSON.parse(JSON.stringify(next)) as PartialSettings;
}

/** What is held; where that is wrong, the defaults, so that it can be mended. */
function readable(held: PartialSettings): Settings {
  try {
    return readSettings(held);
  } catch {
    return readSettings({});
  }
}
