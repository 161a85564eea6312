import type { AnyFunction } from '../lib/define.ts';
import { type Descriptor, type Fields, unwrap } from '../lib/descriptor.ts';
import { operationName } from '../lib/operation-name.ts';
import { declaredFault, standardFault } from './fault-object.ts';
import { type NamedType, namedTypes } from './named-types.ts';
import { entryTypeName, faultElement, faultMessage, responseName, standardFaultElement, typeName } from './names.ts';

/** Two declarations that would get one name. */
export interface NameCollision {
  /** The name, as the second declaration has it. */
  readonly type: string;
  /** Where the two stand: function and path. */
  readonly first: string;
  readonly second: string;
  /** The documents would be invalid. Otherwise only stubs suffer: wsimport fails on types unless run with `-B-XautoNameResolution`. */
  readonly exact: boolean;
}

interface Claim {
  readonly space: 'element' | 'type' | 'class';
  readonly name: string;
  /** What the name stands for: equal texts are the same definition. */
  readonly meaning: string;
  readonly at: string;
}

/**
 * The names that WSDL and XSD documents of these functions would define twice (XSD 1.0 §3.4.6), and those which JAXB makes
 * one Java class of: it drops underscores and case, and has elements and types in one space (JAXB 2.2 §D), where JAX-WS adds
 * the service, its port type and the exceptions (JAX-WS 2.2 §2); gowsdl, node-soap and others too. Names are never
 * changed to avoid this, as they would then depend on the functions that are on: the declaration has to be.
 */
export function wsdlNameCollisions(functions: readonly AnyFunction[]): NameCollision[] {
  const exact = new Map<string, Claim>();
  const folded = new Map<string, Claim>([['objectfactory', javaFactory]]);
  const collisions: NameCollision[] = [];
  const report = (first: Claim, second: Claim, isExact: boolean) =>
    collisions.push({ type: second.name, first: first.at, second: second.at, exact: isExact });
  for (const claim of claims(functions)) {
    const holder = exact.get(`${claim.space} ${claim.name}`);
    if (holder !== undefined) {
      if (holder.meaning !== claim.meaning) report(holder, claim, true);
      continue;
    }
    exact.set(`${claim.space} ${claim.name}`, claim);
    const other = folded.get(fold(claim.name));
    if (other === undefined) folded.set(fold(claim.name), claim);
    else if (other.name !== claim.name || other.meaning !== claim.meaning) report(other, claim, false);
  }
  return [...collisions, ...memberCollisions(functions)];
}

const javaFactory: Claim = {
  space: 'type',
  name: 'ObjectFactory',
  meaning: 'java',
  at: 'the class ObjectFactory of JAXB',
};

function fold(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** What stubs have for the service and its port; Axis has two more of them. */
const serviceClasses = ['Service', 'PortType', 'Port', 'Binding', 'ServiceLocator', 'BindingStub'] as const;

function classClaim(name: string, at: string): Claim {
  return { space: 'class', name, meaning: `class ${name}`, at };
}

function* claims(functions: readonly AnyFunction[]): Generator<Claim> {
  for (const part of serviceClasses) yield classClaim(`Polywire${part}`, `the ${part} of the WSDL`);
  yield classClaim(faultMessage(), 'the exception of the standard error object');
  yield faultClaim(standardFaultElement, standardFault, 'the standard error object');
  for (const fn of functions) {
    const operation = operationName(fn.name);
    yield { space: 'element', name: operation, meaning: `parameters of ${fn.name}`, at: `${fn.name}: name` };
    yield { space: 'element', name: responseName(operation), meaning: `result of ${fn.name}`, at: `${fn.name}: name` };
    for (const [code, { data }] of Object.entries(fn.errors)) {
      yield faultClaim(faultElement(code), declaredFault(code, data), `${fn.name}: errors/${code}`);
      yield classClaim(faultMessage(code), `${fn.name}: errors/${code}`);
    }
  }
  for (const use of namedTypes(functions)) yield* typeClaims(use);
}

function faultClaim(name: string, fault: Descriptor, at: string): Claim {
  return { space: 'element', name, meaning: meaning(fault), at };
}

function* typeClaims({ name, core, scope, at }: NamedType): Generator<Claim> {
  yield { space: 'type', name, meaning: meaning(core), at };
  if (core.kind === 'map')
    yield { space: 'type', name: entryTypeName(core, scope), meaning: `entry of ${meaning(core)}`, at };
}

/** What a descriptor is, as far as its XSD type shows; objects below the first one count by name. */
function meaning(descriptor: Descriptor, top = true): string {
  const { core, nullable } = unwrap(descriptor);
  const prefix = nullable && !top ? 'nullable ' : '';
  switch (core.kind) {
    case 'list':
      return `${prefix}list of ${meaning(core.item, false)}`;
    case 'map':
      return `${prefix}map of ${meaning(core.value, false)}`;
    case 'enum':
      return `${prefix}enum ${JSON.stringify(core.values)}`;
    case 'object':
      return prefix + (top ? `object ${fieldMeanings(core.fields)}` : `object ${core.name}`);
    default:
      return prefix + typeName(core, '');
  }
}

function fieldMeanings(fields: Fields): string {
  const texts = Object.entries(fields).map(
    ([name, field]) => `${name} ${unwrap(field).optional} ${meaning(field, false)}`,
  );
  return `{ ${texts.join(', ')} }`;
}

/** Members of one holder that wsimport gives one Java property. */
function memberCollisions(functions: readonly AnyFunction[]): NameCollision[] {
  const objects = new Map<string, { readonly fields: Fields; readonly at: string }>();
  for (const { name, core, at } of namedTypes(functions)) {
    if (core.kind === 'object' && !objects.has(name)) objects.set(name, { fields: core.fields, at });
  }
  const params = functions.map((fn) => ({ fields: fn.params, at: `${fn.name}: params` }));
  return [...params, ...objects.values()].flatMap(({ fields, at }) => {
    const seen = new Map<string, string>();
    return Object.keys(fields).flatMap((name) => {
      const first = seen.get(fold(name));
      if (first === undefined) seen.set(fold(name), name);
      return first === undefined
        ? []
        : [{ type: name, first: `${at}/${first}`, second: `${at}/${name}`, exact: false }];
    });
  });
}
