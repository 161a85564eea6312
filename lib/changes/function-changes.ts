import type { Access } from '../define.ts';
import { breaksAll, type Change, Changes, harmless, mayBreakAll } from './change.ts';
import type { ComparableError, ComparableField, ComparableFunction } from './comparable.ts';
import { newParam, sameOrder, typeChanges } from './type-changes.ts';

/** Compares a function with what it was. */
export function functionChanges(before: ComparableFunction, after: ComparableFunction): readonly Change[] {
  const changes = new Changes(after.name);
  callChanges(before, after, changes);
  accessChanges(before.access, after.access, changes);
  paramChanges(before, after, changes);
  resultChanges(before, after, changes);
  errorChanges(before, after, changes);
  return changes.list;
}

function callChanges(before: ComparableFunction, after: ComparableFunction, changes: Changes): void {
  const byGet = ({ effect, post }: ComparableFunction): boolean => effect === 'read' && !post;
  if (byGet(before) && !byGet(after)) changes.add('', 'is no longer called by GET', { breaks: ['rest'] });
  if (!byGet(before) && byGet(after)) changes.add('', 'may be called by GET', harmless);
  if (before.effect !== after.effect) changes.add('', `is a ${after.effect} and was a ${before.effect}`, harmless);
  if (before.listed && !after.listed) changes.add('', 'is no longer listed', mayBreakAll);
  for (const alias of Object.keys(before.aliases)) {
    if (after.aliases[alias] === undefined && !after.params.some(({ name }) => name === alias)) {
      changes.add(`params/${alias}`, 'is no longer another name of a parameter', {
        breaks: ['rest', 'jsonrpc', 'soap'],
      });
    }
  }
}

function accessChanges(before: Access, after: Access, changes: Changes): void {
  for (const side of ['client', 'user'] as const) {
    if (before[side] === after[side]) continue;
    const message = `asks for a ${side}: ${after[side] ?? 'no'}; was ${before[side] ?? 'no'}`;
    changes.add('', message, after[side] === 'required' ? breaksAll : harmless);
  }
  const had = before.capabilities ?? [];
  const has = after.capabilities ?? [];
  for (const name of has.filter((one) => !had.includes(one)))
    changes.add('', `needs the capability ${name}`, breaksAll);
  for (const name of had.filter((one) => !has.includes(one))) {
    changes.add('', `needs the capability ${name} no more`, harmless);
  }
}

/** Positions count in XML-RPC, and in JSON-RPC where parameters are an array; names everywhere else. */
const positional = { breaks: ['xmlrpc'], mayBreak: ['jsonrpc'] } as const;

function paramChanges({ params: before }: ComparableFunction, after: ComparableFunction, changes: Changes): void {
  const { params, aliases } = after;
  const renamed = before.map(({ name, type }) => ({ name: aliases[name] ?? name, type }));
  for (const { name, type } of renamed) {
    const now = params.find((param) => param.name === name)?.type;
    if (now === undefined) changes.add(`params/${name}`, 'is gone', breaksAll);
    else typeChanges(type, now, 'sent', `params/${name}`, changes);
  }
  newParams(renamed, params, changes);
  if (!sameOrder(renamed, params)) changes.add('params', 'are in another order', positional);
}

function newParams(before: readonly ComparableField[], params: readonly ComparableField[], changes: Changes): void {
  const isNew = ({ name }: ComparableField): boolean => before.every((field) => field.name !== name);
  const last = params.findLastIndex((param) => !isNew(param));
  for (const [index, param] of params.entries()) {
    if (!isNew(param)) continue;
    changes.add(`params/${param.name}`, 'is new', newParam(param.type));
    if (index < last) changes.add(`params/${param.name}`, 'stands before others that were there', positional);
  }
}

function resultChanges(
  { returns: before }: ComparableFunction,
  { returns: after }: ComparableFunction,
  changes: Changes,
): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined) changes.add('result', 'is new', mayBreakAll);
  else if (after === undefined) changes.add('result', 'is gone', breaksAll);
  else typeChanges(before, after, 'answered', 'result', changes);
}

function errorChanges(
  { errors: before }: ComparableFunction,
  { errors: after }: ComparableFunction,
  changes: Changes,
): void {
  for (const [code, error] of Object.entries(before)) {
    const now = after[code];
    if (now === undefined) changes.add(`errors/${code}`, 'is gone', mayBreakAll);
    else errorChange(error, now, `errors/${code}`, changes);
  }
  for (const code of Object.keys(after)) {
    if (before[code] === undefined) changes.add(`errors/${code}`, 'is new', { mayBreak: ['soap'] });
  }
}

function errorChange(before: ComparableError, after: ComparableError, path: string, changes: Changes): void {
  if (before.number !== after.number) {
    const message = `has the number ${after.number} and had ${before.number}`;
    changes.add(path, message, { breaks: ['jsonrpc', 'xmlrpc'] });
  }
  if (before.status !== after.status) {
    changes.add(path, `has the status ${after.status} and had ${before.status}`, { breaks: ['rest'] });
  }
  if (before.data !== undefined && after.data !== undefined) {
    typeChanges(before.data, after.data, 'answered', `${path}/data`, changes);
  } else if (before.data !== undefined) changes.add(`${path}/data`, 'is gone', { breaks: ['rest', 'jsonrpc', 'soap'] });
  else if (after.data !== undefined) changes.add(`${path}/data`, 'is new', { mayBreak: ['soap'] });
}
