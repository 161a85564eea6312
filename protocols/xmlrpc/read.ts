import type { AnyFunction } from '../../lib/define.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Run } from '../xml/run.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { type Members, type Reader, readMembers, simpleTemplate } from './members.ts';
import { takesNamed } from './named.ts';
import { fieldMembers } from './readers.ts';
import type { Convert } from './scalars.ts';
import { close, type Opened, openNext, openOnly, openType, runOf, skipOpened } from './structure.ts';

/** Where a call's parameters stand: each in a `param` of its own, or as the values of a multicall's array. */
type Placement = 'params' | 'data';

/** What everybody needs who reads parameters. */
interface Reading {
  readonly members: Members;
  readonly x: XmlScanner;
  readonly issues: Issues;
  readonly most: number;
  readonly placement: Placement;
}

interface Plan {
  readonly members: Members;
  /** Whole parameters as they usually come, by placement; undefined where their type is not simple. */
  readonly runs: Readonly<Record<Placement, readonly (Run | undefined)[]>>;
  /** How many parameters from the first on are expected as strings. */
  readonly textual: number;
  /** Whether one struct in place of all parameters holds them by name. */
  readonly named: boolean;
}

const plans = new WeakMap<AnyFunction, Plan>();

function planOf(fn: AnyFunction): Plan {
  let plan = plans.get(fn);
  if (plan === undefined) {
    plan = makePlan(fn);
    plans.set(fn, plan);
  }
  return plan;
}

function makePlan({ params, aliases }: AnyFunction): Plan {
  const members = fieldMembers(params, aliases);
  const runs = (start: string, end: string) =>
    members.readers.map((reader) =>
      reader.simple === undefined ? undefined : runOf(`${start}${simpleTemplate(reader)}${end}`),
    );
  const other = members.readers.findIndex(({ first, simple }) => simple === undefined || first.type !== 'string');
  return {
    members,
    runs: { params: runs('<param><value>', '</value></param>'), data: runs('<value>', '</value>') },
    textual: other < 0 ? members.readers.length : other,
    named: takesNamed(params),
  };
}

/** Reads all parameters of a function through the end tag of what holds them; `x` is undefined where nothing does. */
export function readParams(
  fn: AnyFunction,
  x: XmlScanner | undefined,
  issues: Issues,
  most: number,
  placement: Placement,
): Record<string, unknown> {
  const { members, named, runs } = planOf(fn);
  const values: unknown[] = new Array(members.names.length).fill(undefined);
  if (x === undefined) return members.make(values);
  const reading: Reading = { members, x, issues, most, placement };
  const from = readUsual(values, reading, runs[placement]);
  return members.make(named && from === 0 ? readEither(values, reading) : readPlaces(values, from, reading));
}

/**
 * Takes parameters by place from strings that have been read already.
 * @returns undefined if they are too many, or one of them may be of another type: then they are read from the message
 */
export function readTexts(
  fn: AnyFunction,
  texts: readonly string[],
  issues: Issues,
): Record<string, unknown> | undefined {
  const { members, textual } = planOf(fn);
  const { names, readers } = members;
  if (texts.length > textual) return undefined;
  const values: unknown[] = new Array(names.length).fill(undefined);
  for (let place = 0; place < texts.length; place++) {
    issues.enter(names[place] as string);
    values[place] = ((readers[place] as Reader).simple as Convert)(texts[place] as string, issues);
    issues.leave();
  }
  return members.make(values);
}

/** Reads parameters by place as long as they come in their usual form; tells how many did. */
function readUsual(
  values: unknown[],
  { members: { names, readers }, x, issues }: Reading,
  runs: readonly (Run | undefined)[],
): number {
  for (let place = 0; ; place++) {
    const run = runs[place];
    const text = run === undefined ? undefined : x.take(run);
    if (text === undefined) return place;
    issues.enter(names[place] as string);
    values[place] = ((readers[place] as Reader).simple as Convert)(text, issues);
    issues.leave();
  }
}

/** Parameters by place, or by name in one struct: the type of the first value tells. */
function readEither(values: unknown[], reading: Reading): unknown[] {
  const { members, x, issues, most } = reading;
  if (!nextPlace(reading)) return values;
  const opened = openType(x);
  if (opened.type === 'struct') {
    const named = readMembers(members, x, issues, most);
    close(x, 'value');
    closePlace(reading);
    refuseMore(reading);
    return named;
  }
  readPlace(values, 0, opened, reading);
  closePlace(reading);
  return readPlaces(values, 1, reading);
}

function readPlaces(values: unknown[], from: number, reading: Reading): unknown[] {
  for (let place = from; nextPlace(reading); place++) {
    readPlace(values, place, undefined, reading);
    closePlace(reading);
  }
  return values;
}

/** A parameter by the reader of its place; one too many is noted and passed over. `opened` if its type was looked at. */
function readPlace(values: unknown[], place: number, opened: Opened | undefined, reading: Reading): void {
  const { members, x, issues, most } = reading;
  const reader = members.readers[place];
  if (reader === undefined) {
    issues.add('unknown', 'is one parameter too many', place);
    if (opened === undefined) x.skip();
    else skipOpened(opened, x);
    return;
  }
  issues.enter(members.names[place] as string);
  values[place] = opened === undefined ? reader.read(x, issues, most) : reader.readAs(opened, x, issues, most);
  issues.leave();
}

/** What follows a struct of named parameters is not theirs. */
function refuseMore(reading: Reading): void {
  for (let place = 1; nextPlace(reading); place++) {
    reading.issues.add('unknown', 'is one parameter too many after a struct that names all', place);
    reading.x.skip();
    closePlace(reading);
  }
}

function nextPlace({ x, placement }: Reading): boolean {
  if (placement === 'data') return openNext(x, 'value');
  if (!openNext(x, 'param')) return false;
  openOnly(x, 'value');
  return true;
}

function closePlace({ x, placement }: Reading): void {
  if (placement === 'params') close(x, 'param');
}
