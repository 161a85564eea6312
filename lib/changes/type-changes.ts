import { breaksAll, type Changes, harmless, mayBreakAll } from './change.ts';
import type { ComparableField, ComparableType } from './comparable.ts';

/** Which way values of a type go: `sent` by clients, who suffer when less is taken; `answered`, when more is given. */
export type Way = 'sent' | 'answered';

/** Kinds whose every value is taken where the other kind is declared. */
const widened: Readonly<Record<string, readonly string[]>> = {
  int: ['int64', 'float', 'decimal', 'json'],
  int64: ['decimal'],
  enum: ['string'],
  date: ['string'],
};

/** Compares a type with what it was. */
export function typeChanges(
  before: ComparableType,
  after: ComparableType,
  way: Way,
  path: string,
  changes: Changes,
): void {
  presenceChanges(before, after, way, path, changes);
  defaultChanges(before, after, path, changes);
  if (before.kind !== after.kind) {
    const taken = way === 'sent' && (widened[before.kind] ?? []).includes(after.kind);
    changes.add(path, `is ${after.kind} and was ${before.kind}`, taken ? harmless : breaksAll);
    return;
  }
  rangeChanges(before, after, way, path, changes);
  valueChanges(before, after, way, path, changes);
  if (before.item !== undefined && after.item !== undefined) {
    typeChanges(before.item, after.item, way, `${path}/*`, changes);
  }
  if (before.name !== after.name) {
    changes.add(path, `is of type ${after.name} and was ${before.name}`, { mayBreak: ['soap'] });
  }
  fieldChanges(before.fields ?? [], after.fields ?? [], way, path, changes);
}

/** What it means that fewer values go this way than before. */
const fewer = { sent: breaksAll, answered: harmless } as const;
/** What it means that more values go this way. */
const more = { sent: harmless, answered: mayBreakAll } as const;

function presenceChanges(
  before: ComparableType,
  after: ComparableType,
  way: Way,
  path: string,
  changes: Changes,
): void {
  if (before.optional !== after.optional) {
    changes.add(path, after.optional ? 'may be left out' : 'must be given', (after.optional ? more : fewer)[way]);
  }
  if (before.nullable !== after.nullable) {
    changes.add(path, after.nullable ? 'may be null' : 'may not be null', (after.nullable ? more : fewer)[way]);
  }
}

function defaultChanges(before: ComparableType, after: ComparableType, path: string, changes: Changes): void {
  const [was, is] = [JSON.stringify(before.default), JSON.stringify(after.default)];
  if (was === is || !before.optional || !after.optional || before.secret || after.secret) return;
  changes.add(path, `is ${is ?? 'nothing'} where left out and was ${was ?? 'nothing'}`, mayBreakAll);
}

/** Digits of a limit, to be compared exactly: whole numbers of any length, else doubles. */
function numberOf(bound: string): bigint | number {
  return /^-?\d+$/.test(bound) ? BigInt(bound) : Number(bound);
}

/** Whether a limit lets fewer values through than it did. */
function isTighter(before: string | undefined, after: string | undefined, end: 'min' | 'max'): boolean {
  if (after === undefined) return false;
  if (before === undefined) return true;
  return end === 'min' ? numberOf(after) > numberOf(before) : numberOf(after) < numberOf(before);
}

function rangeChanges(before: ComparableType, after: ComparableType, way: Way, path: string, changes: Changes): void {
  for (const [end, label] of [
    ['min', 'least'],
    ['max', 'most'],
  ] as const) {
    const [was, is] = [before[end], after[end]];
    if (was === is) continue;
    const message = `is at ${label} ${is ?? 'anything'} and was ${was ?? 'anything'}`;
    changes.add(path, message, isTighter(was, is, end) ? fewer[way] : harmless);
  }
  if (before.pattern === after.pattern) return;
  const message = `matches ${after.pattern ?? 'anything'} and matched ${before.pattern ?? 'anything'}`;
  changes.add(path, message, after.pattern === undefined ? harmless : fewer[way]);
}

function valueChanges(before: ComparableType, after: ComparableType, way: Way, path: string, changes: Changes): void {
  const [was, is] = [before.values ?? [], after.values ?? []];
  for (const value of was.filter((one) => !is.includes(one))) {
    changes.add(path, `has lost the value ${value}`, way === 'sent' ? breaksAll : harmless);
  }
  for (const value of is.filter((one) => !was.includes(one))) {
    // an enumeration in a stub knows its values: one more is an error to it
    const told = { breaks: ['soap'], mayBreak: ['rest', 'jsonrpc', 'xmlrpc'] } as const;
    changes.add(path, `has the new value ${value}`, way === 'sent' ? harmless : told);
  }
}

/** What a new parameter, or field of one, means to clients that do not send it. */
export function newParam(type: ComparableType): typeof breaksAll {
  return type.optional ? harmless : breaksAll;
}

/** Compares the fields of an object: they have names in every protocol, and an order in SOAP's answers. */
function fieldChanges(
  before: readonly ComparableField[],
  after: readonly ComparableField[],
  way: Way,
  path: string,
  changes: Changes,
): void {
  const at = (name: string): string => `${path}/${name}`;
  const later = new Map(after.map(({ name, type }) => [name, type]));
  const earlier = new Map(before.map(({ name, type }) => [name, type]));
  for (const { name, type } of before) {
    const now = later.get(name);
    if (now === undefined) changes.add(at(name), 'is gone', breaksAll);
    else typeChanges(type, now, way, at(name), changes);
  }
  for (const { name, type } of after) {
    if (!earlier.has(name)) changes.add(at(name), 'is new', way === 'sent' ? newParam(type) : { mayBreak: ['soap'] });
  }
  if (way === 'answered' && !sameOrder(before, after)) {
    changes.add(path, 'has its fields in another order', { breaks: ['soap'] });
  }
}

/** Whether what is in both comes in the same order. */
export function sameOrder(before: readonly ComparableField[], after: readonly ComparableField[]): boolean {
  const names = (one: readonly ComparableField[], other: readonly ComparableField[]): string =>
    one
      .map(({ name }) => name)
      .filter((name) => other.some((field) => field.name === name))
      .join();
  return names(before, after) === names(after, before);
}
