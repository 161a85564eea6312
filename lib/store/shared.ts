import { Fault } from '../fault.ts';
import { changedSettings, type PartialSettings, readSettings, type Settings, type SettingsStore } from '../settings.ts';
import type { RoleRecord, ServiceRecord } from './records.ts';
import type { Store } from './store.ts';

/** Milliseconds until a reading that failed is tried again. */
const pause = 500;

/** What every call needs of the store, as it stood at one revision. */
export interface Snapshot {
  readonly revision: number;
  readonly settings: Settings;
  readonly roles: readonly RoleRecord[];
  readonly services: readonly ServiceRecord[];
}

/** A snapshot that follows the store, whichever process changes it. */
export interface SharedState {
  /** The last good snapshot: cheap. */
  current(): Snapshot;
  /**
   * Reads the store again: what was written before this is called is in the snapshot.
   * @throws Fault `unavailable`
   */
  refresh(): Promise<Snapshot>;
  /** Whether the store answered when it was last asked. */
  healthy(): boolean;
  /** Calls back after each new snapshot. Returns what ends that. */
  onChange(listener: (snapshot: Snapshot) => void): () => void;
  close(): void;
}

export interface SharedOptions {
  /** Hears when the store goes away and when its settings are found to be wrong; the last good ones stay in force. */
  readonly onProblem?: (fault: Fault) => void;
}

/**
 * Takes the first snapshot and keeps it up to date.
 * @throws Fault `unavailable`, or `invalid-params` if the stored settings are wrong
 */
export async function shareState(store: Store, { onProblem = () => {} }: SharedOptions = {}): Promise<SharedState> {
  const first = await readSnapshot(store);
  return new Sharing(store, { ...first, settings: readSettings(first.settings) }, onProblem);
}

/** A snapshot whose settings have not been checked. */
type Raw = Omit<Snapshot, 'settings'> & { readonly settings: PartialSettings };

/** The revision first: what changes meanwhile has a later one, and is read again. */
async function readSnapshot(store: Store): Promise<Raw> {
  const revision = await store.revision();
  const settings = await store.settings.read();
  return { revision, settings, roles: await store.roles.list(), services: await store.services.list() };
}

class Sharing implements SharedState {
  readonly #store: Store;
  readonly #onProblem: (fault: Fault) => void;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  readonly #stop: () => void;
  #snapshot: Snapshot;
  #healthy = true;
  #reading: Promise<Snapshot> | undefined;
  #next: Promise<Snapshot> | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(store: Store, first: Snapshot, onProblem: (fault: Fault) => void) {
    this.#store = store;
    this.#snapshot = Object.freeze(first);
    this.#onProblem = onProblem;
    this.#stop = store.watch(
      (revision) => {
        if (this.#healthy && revision === this.#snapshot.revision) return;
        this.refresh().catch(() => {}); // told by the reading itself, which is tried again
      },
      (reason) => this.#lost(reason),
    );
  }

  current(): Snapshot {
    return this.#snapshot;
  }

  healthy(): boolean {
    return this.#healthy;
  }

  refresh(): Promise<Snapshot> {
    if (this.#reading === undefined) return this.#read();
    this.#next ??= this.#reading
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#read();
      });
    return this.#next;
  }

  onChange(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#stop();
    this.#listeners.clear();
  }

  #read(): Promise<Snapshot> {
    this.#reading = readSnapshot(this.#store)
      .then(
        (raw) => this.#take(raw),
        (reason) => {
          this.#lost(reason);
          this.#retry();
          throw reason;
        },
      )
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  /** The watch calls once for each change: what could not be read then would never be. */
  #retry(): void {
    clearTimeout(this.#again);
    if (!this.#closed) this.#again = setTimeout(() => this.refresh().catch(() => {}), pause).unref();
  }

  #take(raw: Raw): Snapshot {
    this.#healthy = true;
    clearTimeout(this.#again);
    const known = this.#snapshot;
    if (raw.revision === known.revision) return known;
    this.#snapshot = Object.freeze({ ...raw, settings: this.#checked(raw.settings) ?? known.settings });
    for (const listener of this.#listeners) listener(this.#snapshot);
    return this.#snapshot;
  }

  #checked(settings: PartialSettings): Settings | undefined {
    try {
      return readSettings(settings);
    } catch (reason) {
      this.#onProblem(Fault.from(reason));
      return undefined;
    }
  }

  #lost(reason: unknown): void {
    if (!this.#healthy) return;
    this.#healthy = false;
    this.#onProblem(Fault.from(reason));
  }
}

/** Settings in the store, as they stand in the snapshot. */
export function storeSettings(store: Store, shared: SharedState): SettingsStore {
  return {
    current: () => shared.current().settings,
    update: async (change) => {
      const next = await store.settings.update((held) => {
        const changed = changedSettings(held, change(readable(held) ?? shared.current().settings));
        readSettings(changed);
        return changed;
      });
      // written it is in any case: should the store go away just now, the watch brings the snapshot later
      await shared.refresh().catch(() => {});
      return readSettings(next);
    },
    close: () => shared.close(),
  };
}

/** What is held, checked; undefined where it is wrong, so that it can be mended. */
function readable(held: PartialSettings): Settings | undefined {
  try {
    return readSettings(held);
  } catch {
    return undefined;
  }
}
