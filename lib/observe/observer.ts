import type { Catalog } from '../catalog.ts';
import { faultCodes } from '../fault.ts';
import type { Log } from '../log.ts';
import type { Protocol } from '../protocol.ts';
import { CallCounts } from './call-counts.ts';
import { type Exposition, exposition } from './exposition.ts';
import { type Family, family, type Snapshot } from './families.ts';
import { processMetrics, watchProcess } from './process-metrics.ts';
import { StoreTimes } from './store-times.ts';
import { sum } from './sum.ts';
import { Traffic } from './traffic.ts';

/** The processes that serve one site together, this one among them. */
export interface Peers {
  /** Says how the others come by the numbers of this process. */
  offer(snapshot: () => Promise<Snapshot>): void;
  /** The numbers of all, this process's own too; waits for nobody longer than a moment. */
  all(): Promise<readonly Snapshot[]>;
}

/** Something that is asked for its numbers when they are wanted. */
export type Source = () => readonly Family[];

/** Keeps the numbers of a server: what happens adds to them, and only who reads them pays for putting them together. */
export class Observer {
  readonly traffic = new Traffic();
  readonly store = new StoreTimes();
  readonly #calls: CallCounts;
  readonly #functions = new Set<string>();
  readonly #codes = new Set<string>(faultCodes);
  readonly #version: string;
  readonly #peers: Peers | undefined;
  readonly #sources: Source[] = [];

  constructor(version = 'unknown', peers?: Peers) {
    this.#version = version;
    this.#peers = peers;
    this.#calls = new CallCounts({
      hasFunction: (name) => this.#functions.has(name),
      hasCode: (code) => this.#codes.has(code),
    });
    peers?.offer(() => this.snapshot());
  }

  /** Takes the names by which calls are counted apart. */
  know(catalog: Catalog, protocols: readonly Protocol[]): void {
    for (const { name, errors } of [...catalog.functions, ...protocols.flatMap(({ functions = [] }) => functions)]) {
      this.#functions.add(name);
      for (const code of Object.keys(errors)) this.#codes.add(code);
    }
  }

  /** Adds numbers that somebody else keeps. */
  add(source: Source): void {
    this.#sources.push(source);
  }

  /** A log that counts what it notes. */
  counting(log: Log): Log {
    return {
      ...log,
      call: (record) => {
        this.#calls.add(record);
        log.call(record);
      },
    };
  }

  /** Begins to look at the process as well. */
  begin(): void {
    watchProcess();
  }

  /** The numbers of this process at this moment. */
  async snapshot(): Promise<Snapshot> {
    const info = { labels: { version: this.#version, node: process.versions.node }, value: 1 };
    return [
      ...this.#calls.families(),
      ...this.traffic.families(),
      ...this.store.families(),
      ...this.#sources.flatMap((source) => source()),
      family('polywire_build_info', [info]),
      ...(await processMetrics()),
    ];
  }

  /** The numbers of all processes that serve the site, as a text of the kind that `accept` prefers. */
  async page(accept = ''): Promise<Exposition> {
    const snapshots = (await this.#peers?.all()) ?? [await this.snapshot()];
    return exposition(await sum(snapshots), accept);
  }
}
