import { changedSettings, type PartialSettings } from '../../../lib/settings.ts';
import type { EventRecord, KeyRecord, RecordFilter, StoredRecord } from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';

/** What the tables of one store share. */
export interface World {
  away: boolean;
  revision: number;
  ids: number;
  readonly calls: string[];
  readonly listeners: Set<(revision: number) => void>;
  changed(): void;
}

/** The sooner of two times. */
export const least = (held: number | undefined, other: number): number => Math.min(held ?? other, other);

function keyTable(world: World): Store['keys'] {
  const keys = new Map<string, KeyRecord>();
  const change = (id: string, made: (held: KeyRecord) => KeyRecord) => {
    const held = keys.get(id);
    if (held !== undefined) keys.set(id, made(held));
    return held !== undefined;
  };
  return {
    create: async (key, secret) => {
      const made = { ...key, secrets: [{ ...secret, id: ++world.ids }] };
      keys.set(key.id, made);
      return made;
    },
    find: async (id) => keys.get(id),
    list: async () => [...keys.values()],
    update: async (id, given) => {
      const done = change(id, (held) => ({ ...held, ...given }) as KeyRecord);
      world.changed();
      return done;
    },
    rotate: async (id, secret, until) => {
      const done = change(id, (held) => ({
        ...held,
        secrets: [
          ...held.secrets.map((one) => ({ ...one, validUntil: least(one.validUntil, until) })),
          { ...secret, id: ++world.ids },
        ],
      }));
      world.changed();
      return done;
    },
    touch: async (uses) => {
      for (const { id, at, address } of uses) change(id, (held) => ({ ...held, lastUsed: at, lastAddress: address }));
    },
  };
}

/** What first starts need is tried on real databases. */
async function nobodySetsUp(): Promise<never> {
  throw new Error('Nobody sets up a site in memory');
}

/** Keys, settings, counts, nonces, outcomes and records. */
export function otherTables(
  world: World,
): Pick<Store, 'settings' | 'keys' | 'nonces' | 'setups' | 'counters' | 'outcomes' | 'audit' | 'usage'> {
  let settings: PartialSettings | undefined;
  const nonces = new Map<string, number>();
  const counts = new Map<string, number>();
  const outcomes = new Map<string, { readonly args: string; readonly outcome: string | undefined }>();
  return {
    settings: {
      read: async () => settings ?? {},
      update: async (change) => {
        settings = changedSettings({}, change(settings ?? {}));
        world.changed();
        return settings;
      },
      importOnce: async (given) => {
        const first = settings === undefined;
        settings ??= given;
        return first;
      },
    },
    keys: keyTable(world),
    nonces: {
      use: async (scope, nonce, expires) => {
        const name = JSON.stringify([scope, nonce]);
        if (nonces.has(name)) return false;
        nonces.set(name, expires);
        return true;
      },
    },
    usage: { oldest: async () => undefined, read: async function* () {} },
    setups: { offer: nobodySetsUp, isOffered: nobodySetsUp, complete: nobodySetsUp, isHeld: nobodySetsUp },
    counters: {
      take: async (name, amount, limit) => {
        const held = counts.get(name) ?? 0;
        const taken = held + amount <= limit;
        if (taken) counts.set(name, held + amount);
        return { taken, count: counts.get(name) ?? 0 };
      },
      read: async (name) => counts.get(name) ?? 0,
      list: async () => [],
    },
    outcomes: {
      begin: async (scope, args) => {
        const held = outcomes.get(scope);
        if (held === undefined) outcomes.set(scope, { args, outcome: undefined });
        return held;
      },
      finish: async (scope, outcome) => void outcomes.set(scope, { args: outcomes.get(scope)?.args ?? '', outcome }),
      abandon: async (scope) => void outcomes.delete(scope),
    },
    audit: auditTable(),
  };
}

function auditTable(): Store['audit'] {
  const records: StoredRecord[] = [];
  const events: EventRecord[] = [];
  const newest = <T extends { readonly time: number }>(
    rows: readonly T[],
    { since = 0, until = Infinity, limit = 100 }: RecordFilter,
  ) =>
    rows
      .filter(({ time }) => time >= since && time < until)
      .slice(-limit)
      .reverse();
  return {
    write: async (more) => void records.push(...more.map((record, i) => ({ ...record, id: records.length + i + 1 }))),
    find: async (filter) => newest(records, filter),
    event: async (event) => void events.push(event),
    events: async (filter) =>
      newest(
        events.filter(({ kind }) => filter.kind === undefined || kind === filter.kind),
        filter,
      ),
    trim: async () => {},
  };
}
