import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from './fault.ts';
import { changedSettings, type PartialSettings, readSettings, type Settings, type SettingsStore } from './settings.ts';

/** How often the file is looked at for changes made by others, in milliseconds. */
const interval = 500;

/** Milliseconds after which a lock is taken for left over by a process that died. */
const staleLock = 10_000;

/**
 * Settings in a JSON file. What is left out has its default; a missing file is one with nothing in it. Changes are written
 * beside the file and moved into its place, so that a reader sees the old or the new one, never a part.
 * @param onProblem told when the file has become unreadable while in use: the last good settings stay in force
 * @throws Fault `invalid-params` if the file is wrong at the start
 */
export function fileSettings(file: string, onProblem: (fault: Fault) => void): SettingsStore {
  let stamp = stampOf(file);
  let settings = readSettings(load(file));
  const timer = setInterval(() => {
    const now = stampOf(file);
    if (now === stamp) return;
    stamp = now;
    try {
      settings = readSettings(load(file));
    } catch (reason) {
      onProblem(Fault.from(reason));
    }
  }, interval).unref();
  return {
    current: () => settings,
    update: (change) =>
      locked(file, () => {
        const held = load(file);
        const next = changedSettings(held, change(readSettings(held)));
        const checked = readSettings(next);
        replace(file, `${JSON.stringify(next, null, 2)}\n`);
        settings = checked;
        stamp = stampOf(file);
        return checked;
      }),
    close: () => clearInterval(timer),
  };
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
}

function load(file: string): PartialSettings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Fault('invalid-params', `${file} cannot be read`, { cause });
  }
  try {
    return JSON.parse(text) as PartialSettings;
  } catch (cause) {
    throw new Fault('invalid-params', `${file} is not JSON`, { cause });
  }
}

function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

/** Runs a change while no other process makes one. */
async function locked(file: string, change: () => Settings): Promise<Settings> {
  const lock = `${file}.lock`;
  const end = performance.now() + staleLock;
  while (!take(lock)) {
    if (performance.now() > end) throw new Fault('conflict', `${lock} is held by another process`);
    await sleep(20);
  }
  try {
    return change();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Fault('unavailable', `${lock} cannot be made`, { cause });
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (Math.abs(age) > staleLock) rmSync(lock, { force: true });
    return false;
  }
}
