import { useMemo, useState } from 'preact/hooks';
import { call, type Failure } from '../../call.ts';
import { useSession } from '../../session.ts';
import { useAction, useCall } from '../../use-call.ts';
import { type Change, switchesIn } from './changes.ts';
import {
  consequenceOf,
  rowsOf,
  type SwitchedFunction,
  type Switches,
  type SwitchRow,
  wantsAsking,
} from './switch-state.ts';

/** The switches, what they switch, and how they are changed. */
export interface Switchboard {
  readonly switches: Switches;
  readonly protocols: readonly string[];
  readonly functions: readonly SwitchedFunction[];
  readonly rows: readonly SwitchRow[];
  /** Makes a change; asks before, where it opens or silences something. */
  readonly make: (change: Change) => void;
  /** Makes a change without asking. */
  readonly apply: (change: Change) => Promise<void>;
  /** The change that is asked about. */
  readonly asked: Change | undefined;
  readonly forget: () => void;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** What was done last. */
  readonly said: string;
}

/** What `admin.settings` says, as far as switches go. */
interface Held {
  readonly settings: Switches;
}

/** Loads the switches and keeps them as they are changed. */
export function useSwitchboard(): {
  readonly board: Switchboard | undefined;
  readonly failure: Failure | undefined;
  readonly retry: () => void;
} {
  const { session, reload } = useSession();
  const functions = useCall<readonly SwitchedFunction[]>('console.functions', { all: true });
  const held = useCall<Held>('admin.settings');
  const [changed, setChanged] = useState<Switches | undefined>(undefined);
  const [asked, setAsked] = useState<Change | undefined>(undefined);
  const [said, setSaid] = useState('');
  const { busy, failure, run } = useAction();
  const switches = changed ?? (held.value === undefined ? undefined : switchesIn(held.value));
  const rows = useMemo(
    () => (functions.value === undefined || switches === undefined ? [] : rowsOf(functions.value, switches)),
    [functions.value, switches?.enabledwsfunctions],
  );
  const retry = (): void => {
    setChanged(undefined);
    functions.reload();
    held.reload();
  };
  if (functions.value === undefined || switches === undefined) {
    return { board: undefined, failure: functions.failure ?? held.failure, retry };
  }
  const known = functions.value;
  const apply = async (change: Change): Promise<void> => {
    setSaid('');
    setChanged(switchesIn(await call<Switches | Held>(change.call, change.params)));
    setSaid(change.done);
    void reload(); // the next switch need not wait for what the bar above says
  };
  const make = (change: Change): void => {
    if (wantsAsking(consequenceOf(known, switches, change.after))) setAsked(change);
    else void run(() => apply(change));
  };
  const protocols = session.protocols.map(({ name }) => name);
  const forget = (): void => setAsked(undefined);
  return {
    board: { switches, protocols, functions: known, rows, make, apply, asked, forget, busy, failure, said },
    failure: undefined,
    retry,
  };
}
