import { setImmediate as breath } from 'node:timers/promises';
import { Fault } from '../fault.ts';
import type { CallRecord } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { AuditRecord, EventRecord } from '../store/records.ts';
import type { Audit } from '../store/store.ts';
import { auditRecord } from './audit-record.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { day, trimTimes } from './trim-times.ts';

/** Where it is noted, for long, who called what and what happened to credentials and switches. */
export interface AuditSink {
  /** Notes a call: cheap, written later. */
  call(record: CallRecord): void;
  /** Notes an event: written at once, and again until it is. Never fails and never waits. */
  event(event: Omit<EventRecord, 'time'>): void;
  /** How many records and events wait to be written, and how many were given up. */
  state(): { readonly waiting: number; readonly lost: number };
  /** Writes what waits, as far as the store takes it. */
  flush(): Promise<void>;
  /** Flushes, and ends. */
  close(): Promise<void>;
}

export interface AuditParts {
  readonly settings: () => Pick<Settings, 'audit'>;
  /** Hears once of each outage of the store, and then how many records were lost to it. */
  readonly onProblem?: (reason: unknown) => void;
}

/** Records that are written together. */
const batch = 500;
/** Records, and events, that wait for the store at most. */
const mostWaiting = 10_000;
/** Milliseconds. */
const second = 1_000;

/** Notes calls in batches and events at once; once a day what is too old is removed. */
export function createAudit(
  { audit }: { readonly audit: Audit },
  { settings, onProblem = () => {} }: AuditParts,
): AuditSink {
  const writer = new AuditWriter(audit, () => settings().audit.days > 0, onProblem);
  const trim = (): void => void audit.trim(trimTimes(settings().audit, Date.now())).catch(onProblem);
  const timers = [
    setInterval(() => void writer.flush(), second).unref(),
    setTimeout(trim, 30 * second).unref(),
    setInterval(trim, day).unref(),
  ];
  return {
    call: (record) => writer.call(record),
    event: (event) => writer.event(event),
    state: () => writer.state,
    flush: () => writer.flush(),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      await writer.flush();
      writer.giveUp();
    },
  };
}

class AuditWriter {
  readonly #audit: Audit;
  readonly #wanted: () => boolean;
  readonly #onProblem: (reason: unknown) => void;
  readonly #records = new BoundedQueue<AuditRecord>(mostWaiting);
  readonly #events = new BoundedQueue<EventRecord>(mostWaiting);
  #calls: CallRecord[] = [];
  #writing: Promise<void> | undefined;
  #down = false;

  constructor(audit: Audit, wanted: () => boolean, onProblem: (reason: unknown) => void) {
    this.#audit = audit;
    this.#wanted = wanted;
    this.#onProblem = onProblem;
  }

  call(record: CallRecord): void {
    if (this.#calls.push(record) === batch) setImmediate(() => void this.flush());
  }

  get state(): ReturnType<AuditSink['state']> {
    return {
      waiting: this.#calls.length + this.#records.size + this.#events.size,
      lost: this.#records.dropped + this.#events.dropped,
    };
  }

  event(event: Omit<EventRecord, 'time'>): void {
    this.#events.add([{ time: Date.now(), ...event }]);
    void this.flush();
  }

  flush(): Promise<void> {
    this.#gather();
    // begun only with something to write: a writer that has nothing to wait for would end before it is known here
    if (this.#writing === undefined && this.#events.size + this.#records.size > 0) this.#writing = this.#write();
    return this.#writing ?? Promise.resolve();
  }

  /** Tells of what was never written. */
  giveUp(): void {
    this.#records.drop(this.#records.take(mostWaiting).length);
    this.#events.drop(this.#events.take(mostWaiting).length);
    this.#tellDropped();
  }

  /** Makes records of calls: here, so that no call pays for it and no fault is held while the store is away. */
  #gather(): void {
    const calls = this.#calls;
    if (calls.length === 0) return;
    this.#calls = [];
    if (!this.#wanted()) return;
    const offset = Date.now() - performance.now();
    this.#records.add(calls.map((call) => auditRecord(call, offset)));
  }

  /** Writes until nothing waits or the store is away; what comes meanwhile is written too. */
  async #write(): Promise<void> {
    try {
      for (let pending = this.#next(); pending !== undefined; pending = this.#next()) {
        if (!(await pending)) return;
        await breath();
      }
    } finally {
      this.#writing = undefined;
    }
  }

  /** Writes what is next; told at once if nothing is, so that nothing that comes now is overlooked. */
  #next(): Promise<boolean> | undefined {
    if (this.#events.size > 0) return this.#pass(this.#events, 1, ([event]) => this.#audit.event(event as EventRecord));
    if (this.#records.size > 0) return this.#pass(this.#records, batch, (records) => this.#audit.write(records));
    return undefined;
  }

  /** Whether to go on: a store that is away is asked again later, what it refuses for good is given up. */
  async #pass<T>(
    queue: BoundedQueue<T>,
    count: number,
    write: (items: readonly T[]) => Promise<void>,
  ): Promise<boolean> {
    const items = queue.take(count);
    try {
      await write(items);
    } catch (reason) {
      if (!this.#down) this.#onProblem(reason);
      this.#down = reason instanceof Fault && reason.code === 'unavailable';
      if (this.#down) queue.putBack(items);
      else queue.drop(items.length);
      return !this.#down;
    }
    this.#down = false;
    this.#tellDropped();
    return true;
  }

  #tellDropped(): void {
    const records = this.#records.takeDropped();
    const events = this.#events.takeDropped();
    if (records + events > 0) {
      this.#onProblem(new Error(`${records} audit records and ${events} events could not be written`));
    }
  }
}
