import type { PartialSettings } from '../../../index.ts';

/** What came back, as the caller sees it. */
export interface Came {
  /** HTTP's; 0 where the connection was closed without an answer. */
  readonly status: number;
  /** Ours; undefined where the call was carried out, or where HTTP itself refused. */
  readonly code?: string | undefined;
  /** The protocol's own. */
  readonly number?: number | string | undefined;
}

/** A server to try a limit on. */
export interface Place {
  readonly port: number;
  readonly url: string;
}

/** One way to reach a limit. */
export interface Cell {
  /** The protocol and form: what the document says before the status. */
  readonly over: string;
  /** The code beyond the limit, where it is another than the row's. */
  readonly code?: string;
  /** Reaches the limit on a server of its own with these settings, and goes one beyond. */
  attempt(settings: PartialSettings): Promise<Attempt>;
}

/** What came back of the last thing that the limit allows, and of one more. */
export interface Attempt {
  readonly at: Came;
  readonly beyond: Came;
}

/** One limit: what it is, and every way to reach it. */
export interface Row {
  readonly limit: string;
  /** The setting, whose default stands in its descriptor; or the value of what cannot be set. */
  readonly value: { readonly setting: string } | { readonly fixed: string };
  /** The code with which the first thing beyond it is refused; undefined where HTTP itself refuses, without a body. */
  readonly code: string | undefined;
  /** Settings under which it is tried, where the default would take too long. */
  readonly settings?: PartialSettings;
  /** Its cells wait more than they work: all begin at once. */
  readonly patient?: boolean;
  readonly cells: readonly Cell[];
}

/** Opens what a limit is tried on. */
export type Open<P> = (settings: PartialSettings) => Promise<{ readonly place: P; close(): Promise<void> }>;

/** How the limit is reached there. */
export interface Steps<P> {
  readonly over: string;
  readonly code?: string;
  at(place: P): Promise<Came>;
  beyond(place: P): Promise<Came>;
}

/** A cell whose steps are taken one after the other on a server that is opened for them. */
export function cellOn<P>(open: Open<P>, { over, code, at, beyond }: Steps<P>): Cell {
  return {
    over,
    ...(code !== undefined && { code }),
    attempt: async (settings) => {
      const { place, close } = await open(settings);
      try {
        return { at: await at(place), beyond: await beyond(place) };
      } finally {
        await close();
      }
    },
  };
}
