import type { PartialSettings } from '../../index.ts';
import type { Code } from './codes.ts';
import type { Endpoint } from './endpoints.ts';
import type { Step } from './line.ts';
import type { Known } from './site/words.ts';

/** How an attack must end. */
export type Expected =
  /**
   * Refused in the caller's own protocol; `early` before a message could be told, then `as` names the form where it cannot
   * be the caller's; `status` where the gates have their own.
   */
  | { readonly fault: Code; readonly early?: true; readonly status?: number; readonly as?: Endpoint }
  /** Taken in its plain meaning: the result, exactly, and what ran. */
  | { readonly result: unknown; readonly runs?: readonly string[] }
  /** Refused by HTTP, below any protocol: the connection is closed. */
  | { readonly http: number }
  /** An answer with this status, without content. */
  | { readonly empty: number }
  /** A page of the site that is no protocol's, as plain text. */
  | { readonly page: number }
  /** A document of that type, in which none of these texts is. */
  | { readonly document: string; readonly without: readonly string[] }
  /** Closed: without an answer, with or without 408, in the middle of an answer; or before all was read. */
  | { readonly closed: 'silent' | 'timeout' | 'cut' }
  /** Closed before more than so many answers were read; runs are the server's business. */
  | { readonly unread: number }
  /** Several answers, or several outcomes in one. */
  | { readonly each: readonly Expected[] }
  | { readonly inner: readonly Expected[] }
  /** How many answers of each sort there may be, over all connections. */
  | {
      readonly tally: Readonly<Record<string, readonly [least: number, most: number]>>;
      readonly runs?: readonly string[];
    };

/** What an attack does on the wire. */
export interface Script {
  readonly steps: readonly Step[];
  /** Connections that do it, all at once; 1 if left out. */
  readonly connections?: number;
  /** The address that the n-th comes from. */
  readonly from?: (n: number) => string;
  /** Milliseconds by which each must have been answered or closed; 2,000 if left out. */
  readonly within?: number;
  /** Whether the answers are to HEAD. */
  readonly head?: boolean;
}

/** One hostile input. */
export interface Attack {
  readonly name: string;
  readonly on: readonly Endpoint[];
  readonly send: (endpoint: Endpoint, known: Known) => Buffer | Script;
  readonly expects: Expected | ((endpoint: Endpoint) => Expected);
  /** Settings on top of the site's, for this attack alone. */
  readonly settings?: PartialSettings;
  /** Texts of the attack's own that must be in no answer and no line of the log. */
  readonly secrets?: readonly string[];
}

/** A class of attacks: a row of the table of classes, or one of the classes beside it. */
export interface AttackClass {
  readonly name: string;
  /** Whether all are begun at once, since each takes seconds. */
  readonly together?: boolean;
  readonly attacks: readonly Attack[];
}
