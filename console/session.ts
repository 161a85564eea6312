import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { CallFailure, call, type Failure, failureOf, useCsrf } from './call.ts';

/** A protocol of the site, and where it answers. */
export interface SiteProtocol {
  readonly name: string;
  readonly on: boolean;
  readonly paths: readonly string[];
}

/** Who sits at this browser, and what there is for them (`console.session`). */
export interface Session {
  readonly user?: {
    readonly username: string;
    readonly fullname?: string;
    readonly roles: readonly string[];
    readonly capabilities: readonly string[];
  };
  readonly csrf?: string;
  readonly site: {
    readonly name: string;
    readonly version: string;
    /** The address by which this browser knows the site. */
    readonly url: string;
    readonly namespace: string;
    readonly demo: boolean;
    /** Whether web services are on. */
    readonly on: boolean;
    /** Whether the site has no administrator yet. */
    readonly setup: boolean;
    /** Whether there are users at all: without a database nobody signs in and nothing is administered. */
    readonly database: boolean;
  };
  readonly protocols: readonly SiteProtocol[];
  /** The parts of the console that this caller may see. */
  readonly pages: readonly string[];
}

/** The session, and how to ask for it again after something has changed it. */
export interface SessionState {
  readonly session: Session;
  readonly reload: () => Promise<void>;
}

export const SessionContext = createContext<SessionState | undefined>(undefined);

/** The session, below the shell. */
export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (state === undefined) throw new Error('There is no session here');
  return state;
}

/** Whether a user's capabilities hold one: `*` and `admin:*` are globs. */
export function may({ user }: Session, capability: string): boolean {
  return (user?.capabilities ?? []).some(
    (held) => held === capability || (held.endsWith('*') && capability.startsWith(held.slice(0, -1))),
  );
}

/**
 * Holds that this browser has kept the session that has just begun.
 * @throws CallFailure with the code `not-kept`
 */
export async function checkKept(): Promise<void> {
  const { user } = await call<Session>('console.session');
  if (user === undefined) throw new CallFailure({ code: 'not-kept', message: 'This browser has not kept the session' });
}

/** Asks who sits at this browser. */
export function useLoadedSession(): {
  readonly state: SessionState | undefined;
  readonly failure: Failure | undefined;
  readonly retry: () => void;
} {
  const [session, setSession] = useState<Session | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const reload = async (): Promise<void> => {
    try {
      const found = await call<Session>('console.session');
      useCsrf(found.csrf);
      setSession(found);
      setFailure(undefined);
    } catch (reason) {
      setFailure(failureOf(reason));
    }
  };
  useEffect(() => void reload(), []);
  return {
    state: session === undefined ? undefined : { session, reload },
    failure,
    retry: () => void reload(),
  };
}
