import type { Settings } from '../settings.ts';
import type { EventRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Directory } from './directory.ts';
import type { Mark } from './mark.ts';

/** Encrypts what must be had back (the secrets of signing keys) under the secrets of the site. */
export interface Seal {
  /** Whether the site has a secret at all. */
  readonly able: boolean;
  /** @throws Fault `unavailable` that says what is missing, where the site has no secret */
  seal(text: string): string;
  /** Undefined for what none of the site's secrets opens. */
  open(sealed: string): string | undefined;
}

/** What authenticators and the functions about accounts stand on. */
export interface Custody {
  readonly store: Store;
  readonly directory: Directory;
  readonly settings: () => Settings;
  readonly seal: Seal;
  readonly mark: Mark;
  /** Notes an event of the life of credentials and switches; never fails and never waits. */
  readonly event: (event: Omit<EventRecord, 'time'>) => void;
}
