import { existsSync, readFileSync } from 'node:fs';
import { Fault } from '../../lib/fault.ts';
import type { PartialSettings } from '../../lib/settings.ts';
import type { Store } from '../../lib/store/store.ts';
import { failed, reasonText } from './failure.ts';
import { withoutPassword } from './home.ts';
import { note } from './output.ts';
import { defaultSettingsFile, readSettingsFile } from './settings-file.ts';

/**
 * Opens a database, making it if there is none, and takes the settings file of the working folder over into a fresh one.
 * @param advice what else the user may do where this machine has nothing to open it with
 * @throws CommandFailure in one line
 */
export async function openDatabase(url: string, advice = ''): Promise<Store> {
  const { openStore } = await import('../../lib/store/open.ts');
  let store: Store;
  try {
    store = await openStore(url);
  } catch (reason) {
    const text = reason instanceof Fault ? reasonText(reason) : cannotOpen(url, reason);
    throw failed(/libsql/.test(text) ? `${text}${advice}` : text, reason);
  }
  try {
    await takeOver(store, url);
    return store;
  } catch (reason) {
    await store.close();
    throw reason;
  }
}

function cannotOpen(url: string, reason: unknown): string {
  return `${withoutPassword(url)} cannot be opened: ${reasonText(reason)}`;
}

/** Does something with an opened database and closes it. */
export async function withStore<T>(url: string, work: (store: Store) => Promise<T>, advice?: string): Promise<T> {
  const store = await openDatabase(url, advice);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Whether there is something to read: a database file that exists, or a server that can be asked. */
export function databaseExists(url: string): boolean {
  const [, file] = /^sqlite:(?:\/\/(?=\/))?([^?]+)/.exec(url) ?? [];
  return file === undefined || existsSync(file);
}

/** Settings of a file become those of the database where none were ever written, once. */
async function takeOver(store: Store, url: string): Promise<void> {
  if (!existsSync(defaultSettingsFile) || Object.keys(await store.settings.read()).length > 0) return;
  readSettingsFile(defaultSettingsFile);
  const settings = JSON.parse(readFileSync(defaultSettingsFile, 'utf8')) as PartialSettings;
  if (!(await store.settings.importOnce(settings))) return;
  await store.audit.event({ time: Date.now(), kind: 'setting-changed', actor: 'cli', subject: defaultSettingsFile });
  note(`${defaultSettingsFile} has been taken over into ${withoutPassword(url)}, which counts from now on`);
}
