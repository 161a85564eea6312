import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ClientRequest } from '../../client/client.ts';
import { Fault, type Issue } from '../../lib/fault.ts';
import { type Failure, failureOf } from '../call.ts';
import { sentence } from '../parts/words.ts';
import type { Session } from '../session.ts';
import type { Described } from './described.ts';
import type { Change, Problems } from './form/field-props.ts';
import { blankForm, type FieldState, type FormState, formOf } from './form/field-state.ts';
import { type ReadForm, readForm } from './form/read-form.ts';
import { type Credential, credentialHeaders, nobody, takesSession } from './wire/credential.ts';
import { requestOf } from './wire/request.ts';
import { type Received, send, Unreachable } from './wire/send.ts';
import type { Way } from './wire/ways.ts';

/** What is said of the last call. */
export interface Outcome {
  readonly way: Way;
  readonly request: ClientRequest;
  readonly received?: Received;
  /** Why nothing came back. */
  readonly failure?: Failure;
}

/** A call that is being put together, and what came of the last. */
export interface Bench extends Described {
  readonly way: Way;
  readonly choose: (way: string) => void;
  readonly form: FormState;
  readonly read: ReadForm;
  /** What is shown beside the fields. */
  readonly problems: Problems;
  readonly changeOf: (name: string) => Change;
  readonly fill: (params: Readonly<Record<string, unknown>> | undefined) => void;
  /** The person has been in a field: what is wrong there is shown. */
  readonly touch: (path: string) => void;
  readonly credential: Credential;
  readonly identify: (credential: Credential) => void;
  readonly session: Session;
  /** What will be sent, or why that cannot be said yet. */
  readonly request: ClientRequest | Fault;
  /** The same without who calls, for programs. */
  readonly plain: ClientRequest | undefined;
  readonly busy: boolean;
  readonly run: () => void;
  /** Gives up waiting for the answer. */
  readonly stop: () => void;
  readonly outcome: Outcome | undefined;
}

let lastWay: string | undefined;
let lastCredential: Credential = nobody;

/** Keeps the form, the protocol and the caller of a function's page; undefined where it cannot be called. */
export function useBench(
  { fn, about }: Described,
  ways: readonly Way[],
  asked: string | null,
  session: Session,
): Bench | undefined {
  const wanted = asked ?? lastWay;
  const way = ways.find(({ name }) => name === wanted) ?? ways[0];
  const [form, setForm] = useState<FormState>(() => firstForm(fn));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [serverIssues, setServerIssues] = useState<readonly Issue[]>([]);
  const credentials = useCredential();
  const read = useMemo(() => readForm(fn.params, form), [fn, form]);
  const calls = useCalls((issues) => {
    setServerIssues(issues);
    focusFirst(issues);
  });
  if (way === undefined) return undefined;
  const credential = usable(credentials.credential, way, session);
  const plain = attempt(() => bare(fn, read, way, session));
  const request = plain instanceof Fault ? plain : withCredential(plain, credential, session);
  const problems = problemsOf(tried ? read.issues : read.issues.filter(({ path }) => touched.has(path)), serverIssues);
  const change = (next: (last: FormState) => FormState): void => {
    setForm(next);
    setServerIssues([]);
  };
  return {
    fn,
    about,
    way,
    choose: chooseWay,
    form,
    read,
    problems,
    changeOf: (name) => (update) => change((last) => ({ ...last, [name]: update(last[name] as FieldState) })),
    fill: (params) => {
      change(() => (params === undefined ? blankForm(fn.params) : formOf(fn.params, params)));
      setTried(false);
      setTouched(new Set());
    },
    touch: (path) => setTouched((last) => (last.has(path) ? last : new Set([...last, path]))),
    credential,
    identify: credentials.identify,
    session,
    request,
    plain: plain instanceof Fault ? undefined : plain,
    busy: calls.busy,
    outcome: calls.outcome,
    stop: calls.stop,
    run: () => {
      setTried(true);
      if (read.issues.length > 0) focusFirst(read.issues);
      else if (!(request instanceof Fault)) calls.run(request, fn, way, credential.kind === 'session');
    },
  };
}

/** Puts the protocol into the address, so that it can be handed on. */
function chooseWay(name: string): void {
  lastWay = name;
  const address = new URL(location.href);
  address.searchParams.set('protocol', name);
  history.replaceState(history.state, '', address);
  dispatchEvent(new Event('console-moved'));
}

function firstForm(fn: Described['fn']): FormState {
  const [example] = fn.examples;
  return example === undefined ? blankForm(fn.params) : formOf(fn.params, example.params);
}

function useCredential(): { readonly credential: Credential; readonly identify: (credential: Credential) => void } {
  const [credential, setCredential] = useState(lastCredential);
  const identify = (next: Credential): void => {
    lastCredential = next;
    setCredential(next);
  };
  return { credential, identify };
}

/** The chosen credential, where the protocol takes it; the console always calls by the session. */
function usable(credential: Credential, way: Way, session: Session): Credential {
  if (way.name === 'console') return { kind: 'session', secret: '' };
  const lost = credential.kind === 'session' && (!takesSession(way.name) || session.user === undefined);
  return lost ? nobody : credential;
}

function attempt(make: () => ClientRequest): ClientRequest | Fault {
  try {
    return make();
  } catch (reason) {
    if (reason instanceof Fault) return reason;
    throw reason;
  }
}

function bare(fn: Described['fn'], read: ReadForm, way: Way, session: Session): ClientRequest {
  if (read.issues.length > 0)
    throw new Fault('invalid-params', 'The form is not complete yet', { issues: read.issues });
  const { namespace } = session.site;
  return requestOf({ fn, values: read.values, way, origin: location.origin, namespace });
}

function withCredential(request: ClientRequest, credential: Credential, session: Session): ClientRequest {
  return { ...request, headers: { ...request.headers, ...credentialHeaders(credential, session.csrf) } };
}

function problemsOf(...lists: readonly (readonly Issue[])[]): Problems {
  return new Map(lists.flat().map(({ path, message }) => [path, sentence(message)]));
}

/** Takes the person to the first field that is wrong, in the order of the page. */
function focusFirst(issues: readonly Issue[]): void {
  const wrong = new Set(issues.map(({ path }) => path));
  requestAnimationFrame(() => {
    for (const field of document.querySelectorAll<HTMLElement>('.bench-form [data-path]')) {
      if (!wrong.has(field.dataset['path'] ?? '')) continue;
      return field.querySelector<HTMLElement>('input, select, textarea, button, .problem')?.focus();
    }
  });
}

interface Calls {
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly run: (request: ClientRequest, fn: Described['fn'], way: Way, withSession: boolean) => void;
  readonly stop: () => void;
}

/** Makes calls, one at a time; a new one takes the place of what has not come back. */
function useCalls(heard: (issues: readonly Issue[]) => void): Calls {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const current = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => current.current?.abort(), []);
  const run: Calls['run'] = (request, fn, way, withSession) => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    setBusy(true);
    const done = (result: Partial<Outcome>): void => {
      if (own.signal.aborted) return;
      setBusy(false);
      setOutcome({ way, request, ...result });
      const { answer } = result.received ?? {};
      heard(answer?.ok === false ? answer.issues : []);
    };
    send(request, fn, way, withSession, own.signal).then(
      (received) => done({ received }),
      (reason) => done({ failure: reason instanceof Unreachable ? unreachable : failureOf(reason) }),
    );
  };
  const stop = (): void => {
    current.current?.abort();
    setBusy(false);
  };
  return { busy, outcome, run, stop };
}

const unreachable: Failure = { code: 'unreachable', message: 'The server did not answer, or cut the connection.' };
