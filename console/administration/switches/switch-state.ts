import { byFirstWord, hasWords } from '../../parts/words.ts';
import { patternsFor } from './patterns.ts';

/** The three switches, as `admin.enable` and `admin.disable` answer them. */
export interface Switches {
  readonly enablewebservices: boolean;
  readonly enabledwsprotocols: readonly string[];
  readonly enabledwsfunctions: readonly string[];
}

/** A function of `console.functions {all: true}`. */
export interface SwitchedFunction {
  readonly name: string;
  readonly title: string;
  readonly effect: 'read' | 'write';
  readonly listed: boolean;
  readonly access?: {
    readonly client: 'required' | 'optional' | 'none';
    readonly user: 'required' | 'optional' | 'none';
    readonly capabilities: readonly string[];
  };
}

/** A function and what switches it on. */
export interface SwitchRow extends SwitchedFunction {
  /** The names and globs that switch it on; none where it is off. */
  readonly by: readonly string[];
}

/** Every function with what switches it on. */
export function rowsOf(functions: readonly SwitchedFunction[], switches: Switches): readonly SwitchRow[] {
  const by = patternsFor(switches.enabledwsfunctions);
  return functions.map((fn) => ({ ...fn, by: by(fn.name) }));
}

/** Which switches keep a function from answering over a protocol. */
export type Obstacle = 'site' | 'protocol' | 'function';

/** Why a function does not answer over a protocol; nothing where it does. */
export function obstaclesTo({ by }: Pick<SwitchRow, 'by'>, protocol: string, switches: Switches): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (!switches.enablewebservices) found.push('site');
  if (!switches.enabledwsprotocols.includes(protocol)) found.push('protocol');
  if (by.length === 0) found.push('function');
  return found;
}

/** Whether anybody at all may call a function, without a key and without being known. */
export function isPublic({ access }: Pick<SwitchedFunction, 'access'>): boolean {
  return (
    access !== undefined &&
    access.client !== 'required' &&
    access.user !== 'required' &&
    access.capabilities.length === 0
  );
}

/** What a change of switches does that a person should know before. */
export interface Consequence {
  /** Public functions that write and that would begin to answer, or answer over more protocols. */
  readonly opens: readonly string[];
  /** Whether something answers now and nothing would. */
  readonly silences: boolean;
  /** How many functions would stop answering everywhere. */
  readonly ends: number;
}

function answering(functions: readonly SwitchedFunction[], switches: Switches): ReadonlyMap<string, number> {
  const protocols = switches.enablewebservices ? switches.enabledwsprotocols.length : 0;
  const on = rowsOf(functions, switches).filter(({ by }) => by.length > 0);
  return new Map(protocols === 0 ? [] : on.map(({ name }) => [name, protocols]));
}

/** Compares what answers before a change with what would answer after it. */
export function consequenceOf(functions: readonly SwitchedFunction[], before: Switches, after: Switches): Consequence {
  const [now, then] = [answering(functions, before), answering(functions, after)];
  const opens = functions.filter(
    (fn) => fn.effect === 'write' && isPublic(fn) && (then.get(fn.name) ?? 0) > (now.get(fn.name) ?? 0),
  );
  return {
    opens: opens.map(({ name }) => name),
    silences: now.size > 0 && then.size === 0,
    ends: [...now.keys()].filter((name) => !then.has(name)).length,
  };
}

/** Whether a person should be asked before such a change. */
export function wantsAsking({ opens, silences }: Consequence): boolean {
  return silences || opens.length > 0;
}

/** What the rows above a table may be narrowed to. */
export type Shown = 'all' | 'on' | 'off';

/** Rows whose name, title or pattern has every word that is looked for. */
export function filteredRows(rows: readonly SwitchRow[], words: string, shown: Shown): readonly SwitchRow[] {
  const matches = hasWords(words);
  return rows.filter(({ name, title, by }) => {
    if (shown !== 'all' && by.length > 0 !== (shown === 'on')) return false;
    return matches(`${name} ${title} ${by.join(' ')}`);
  });
}

/** Rows that begin with the same word. */
export interface RowGroup {
  readonly name: string;
  readonly count: number;
  /** How many of them are on. */
  readonly on: number;
  /** Those that are drawn already. */
  readonly drawn: readonly SwitchRow[];
}

/**
 * Rows by what stands before the first dot of their names; those that run the site itself are the last.
 * @param most so many rows are drawn
 */
export function groupedRows(rows: readonly SwitchRow[], most: number = rows.length): readonly RowGroup[] {
  const own = (group: string): boolean => group === 'admin' || group === 'auth';
  const sorted = [...byFirstWord(rows)].sort(([one], [other]) => Number(own(one)) - Number(own(other)));
  let room = most;
  return sorted.flatMap(([name, members]) => {
    const drawn = members.slice(0, room);
    room -= drawn.length;
    const on = members.filter(({ by }) => by.length > 0).length;
    return drawn.length === 0 ? [] : [{ name, count: members.length, on, drawn }];
  });
}
