import type { AnyFunction } from '../../lib/define.ts';
import { type Fields, unwrap } from '../../lib/descriptor.ts';
import type { Issues } from '../../lib/issues.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { type Members, readMembers } from './members.ts';
import { fieldMembers } from './readers.ts';
import { close, type Opened, openNext, openOnly, openType, skipOpened } from './structure.ts';

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
  /** Whether one struct in place of all parameters holds them by name. */
  readonly named: boolean;
}

const plans = new WeakMap<AnyFunction, Plan>();

function planOf(fn: AnyFunction): Plan {
  let plan = plans.get(fn);
  if (plan === undefined) {
    plan = { members: fieldMembers(fn.params, fn.aliases), named: takesNamed(fn.params) };
    plans.set(fn, plan);
  }
  return plan;
}

/** Whether parameters may come in one struct by name: the first one is not itself read from a struct. */
export function takesNamed(params: Fields): boolean {
  const [first] = Object.values(params);
  if (first === undefined) return true;
  const { kind } = unwrap(first).core;
  return kind !== 'object' && kind !== 'map' && kind !== 'json';
}

/** Reads all parameters of a function through the end tag of what holds them; `x` is undefined where nothing does. */
export function readParams(
  fn: AnyFunction,
  x: XmlScanner | undefined,
  issues: Issues,
  most: number,
  placement: Placement,
): Record<string, unknown> {
  const { members, named } = planOf(fn);
  if (x === undefined) return members.make(new Array(members.names.length).fill(undefined));
  const reading: Reading = { members, x, issues, most, placement };
  return members.make(
    named ? readEither(reading) : readPlaces(new Array(members.names.length).fill(undefined), 0, reading),
  );
}

/** Parameters by place, or by name in one struct: the type of the first value tells. */
function readEither(reading: Reading): unknown[] {
  const { members, x, issues, most } = reading;
  const values: unknown[] = new Array(members.names.length).fill(undefined);
  if (!nextPlace(reading)) return values;
  const first = members.readers[0]?.first;
  const opened = first !== undefined && x.openIf(first.type) ? first : openType(x);
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
