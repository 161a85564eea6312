import type { PartialSettings } from '../../../index.ts';
import type { Report } from './watch.ts';

/** What callers of the site know, and what must never be told to anybody else. */
export interface Known {
  readonly port: number;
  /** A token of a user who may call everything but `hostile.rule`. */
  readonly token: string;
  /** Tokens that are good no more, or not from here. */
  readonly expiredToken: string;
  readonly revokedToken: string;
  readonly foreignToken: string;
  /** A token of a user who is suspended. */
  readonly suspendedToken: string;
  /** A token that is good for one service. */
  readonly serviceToken: string;
  /** `<id>.<secret>` of a key that is sent along. */
  readonly key: string;
  readonly revokedKey: string;
  /** A key that signs. */
  readonly signingId: string;
  readonly signingSecret: string;
  /** The password of the user `ana`, and that of the suspended `sue`. */
  readonly password: string;
  readonly suspendedPassword: string;
  readonly appPassword: string;
  /** Texts that must be in no answer and in no line of the log: secrets, and where the site lives. */
  readonly secrets: readonly string[];
  readonly paths: readonly string[];
}

/** What the tests ask of the site's process. */
export type Ask = { readonly id: number } & (
  | { readonly ask: 'begin' | 'end' | 'memory' | 'restore' | 'close' }
  | { readonly ask: 'settings'; readonly settings: PartialSettings }
);

/** What it answers; the one word at the start has the number 0. */
export interface Told {
  readonly id: number;
  readonly value: Known | Report | number | undefined;
}
