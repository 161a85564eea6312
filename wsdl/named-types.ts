import type { AnyFunction } from '../lib/define.ts';
import {
  type Descriptor,
  type EnumDescriptor,
  type Fields,
  type ListDescriptor,
  type MapDescriptor,
  type ObjectDescriptor,
  unwrap,
} from '../lib/descriptor.ts';
import { operationName } from '../lib/operation-name.ts';
import { declaredFault, standardFault } from './fault-object.ts';
import { memberScope, responseName, resultElement, typeName } from './names.ts';

/** A use of a type that has a name in the schema. */
export interface NamedType {
  readonly name: string;
  readonly core: ObjectDescriptor | EnumDescriptor | ListDescriptor | MapDescriptor;
  /** The scope of its enumeration, if it leads to one. */
  readonly scope: string;
  /** Function and path, for people: `users.get: params/field`. */
  readonly at: string;
}

/** Each type that the schema of some functions must define (WSDL 1.1 §2.2), those of the faults first; uses of one name follow each other in no order. */
export function* namedTypes(functions: readonly AnyFunction[]): Generator<NamedType> {
  const seen = new Set<Descriptor>();
  yield* below(standardFault, '', 'the standard error object', seen);
  for (const fn of functions) {
    yield* members(fn.params, operationName(fn.name), `${fn.name}: params`, seen);
    if (fn.returns !== undefined) yield* below(fn.returns, resultScope(fn), `${fn.name}: returns`, seen);
    for (const [code, { data }] of Object.entries(fn.errors)) {
      yield* below(declaredFault(code, data), '', `${fn.name}: errors/${code}`, seen);
    }
  }
}

/** The scope of what a function returns. */
export function resultScope(fn: AnyFunction): string {
  return memberScope(responseName(operationName(fn.name)), resultElement);
}

function* members(fields: Fields, holder: string, at: string, seen: Set<Descriptor>): Generator<NamedType> {
  for (const [name, field] of Object.entries(fields))
    yield* below(field, memberScope(holder, name), `${at}/${name}`, seen);
}

/** What is named at and below a descriptor; each object is gone into once. */
function* below(descriptor: Descriptor, scope: string, at: string, seen: Set<Descriptor>): Generator<NamedType> {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'object':
      if (seen.has(core)) return;
      seen.add(core);
      yield { name: core.name, core, scope, at };
      yield* members(core.fields, core.name, at, seen);
      return;
    case 'list':
      yield { name: typeName(core, scope), core, scope, at };
      yield* below(core.item, scope, `${at}/item`, seen);
      return;
    case 'map':
      yield { name: typeName(core, scope), core, scope, at };
      yield* below(core.value, scope, `${at}/value`, seen);
      return;
    case 'enum':
      yield { name: scope, core, scope, at };
  }
}
