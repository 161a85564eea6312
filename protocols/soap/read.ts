import { Source } from '../../lib/codegen.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { type Descriptor, type Fields, type ListDescriptor, unwrap } from '../../lib/descriptor.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Settings } from '../../lib/settings.ts';
import { itemElement } from '../../wsdl/names.ts';
import { enterList, stopIfOver } from '../xml/again.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { mapReader } from './map.ts';
import {
  type ElementReader,
  isOurs,
  isOursByDefault,
  type Member,
  mostEntries,
  readMember,
  refuseUnknown,
  tooMany,
} from './member.ts';
import { readJson, readScalar } from './scalars.ts';

const readers = new WeakMap<Descriptor, ElementReader>();
const functionReaders = new WeakMap<AnyFunction, ElementReader>();

/** The reader of the parameters inside a document/literal wrapper, built once. */
export function paramsReader(fn: AnyFunction): ElementReader {
  let reader = functionReaders.get(fn);
  if (reader === undefined) {
    reader = fieldsReader(fn.params, fn.aliases);
    functionReaders.set(fn, reader);
  }
  return reader;
}

/** The reader of a descriptor, built once; wrappers do not count, as they concern the element and not its content. */
function elementReader(descriptor: Descriptor): ElementReader {
  let reader = readers.get(descriptor);
  if (reader === undefined) {
    reader = build(unwrap(descriptor).core);
    readers.set(descriptor, reader);
  }
  return reader;
}

function build(core: ReturnType<typeof unwrap>['core']): ElementReader {
  switch (core.kind) {
    case 'string':
    case 'enum':
      return (scanner) => scanner.text();
    case 'list':
      return listReader(core);
    case 'map':
      return mapReader(memberOf('value', core.value), core.max);
    case 'object':
      return fieldsReader(core.fields);
    case 'json':
      return (scanner, issues, settings) => readJson(core, scanner.text(), issues, settings);
    default:
      return (scanner, issues) => readScalar(core, scanner.text(), issues);
  }
}

function memberOf(name: string, descriptor: Descriptor): Member {
  return { name, nullable: unwrap(descriptor).nullable, read: elementReader(descriptor) };
}

/**
 * The reader of a sequence of named children. Generated code takes those that come in declared order and without
 * attributes, as nearly all do; whatever is left when that ends goes one by one.
 */
function fieldsReader(fields: Fields, aliases: Readonly<Record<string, string>> = {}): ElementReader {
  const source = new Source();
  const members = Object.entries(fields).map(([name, field]) => memberOf(name, field));
  const indexes = new Map(members.map(({ name }, index) => [name, index]));
  for (const [alias, name] of Object.entries(aliases)) indexes.set(alias, indexes.get(name) as number);
  const names = members.map((_, index) => `f${index}`);
  const others = source.constant((scanner: XmlScanner, issues: Issues, settings: Settings, values: unknown[]) =>
    readOthers({ members, indexes }, scanner, issues, settings, values),
  );
  const body = [
    ...(names.length > 0 ? [`let ${names.join(', ')};`] : []),
    `if (${source.constant(isOursByDefault)}(scanner, settings)) {`,
    ...members.map((member, index) => usual(source, member, `f${index}`, fields[member.name] as Descriptor)),
    '}',
    `if (scanner.open()) [${names.join(', ')}] = ${others}(scanner, issues, settings, [${names.join(', ')}]);`,
    ...whole(members),
    'const object = {};',
    ...members.map(({ name }, index) => assignment(source, name, `f${index}`, fields[name] as Descriptor)),
    'return object;',
  ];
  return source.build<ElementReader>('scanner, issues, settings', body.join('\n'));
}

/** A member in its usual form, after whose name is asked first. */
function usual(source: Source, { name, read }: Member, variable: string, field: Descriptor): string {
  const element = JSON.stringify(name);
  const { kind } = unwrap(field).core;
  if (kind === 'string' || kind === 'enum') return `if (scanner.openIf(${element})) ${variable} = scanner.text();`;
  const value = `${source.constant(read)}(scanner, issues, settings)`;
  return `if (scanner.openIf(${element})) { issues.enter(${element}); ${variable} = ${value}; issues.leave(); }`;
}

/** An object that has everything is made in one piece. */
function whole(members: readonly Member[]): readonly string[] {
  if (members.length === 0) return [];
  const all = members.map((_, index) => `f${index} !== undefined`).join(' && ');
  return [
    `if (${all}) return { ${members.map(({ name }, index) => `${JSON.stringify(name)}: f${index}`).join(', ')} };`,
  ];
}

function assignment(source: Source, name: string, variable: string, descriptor: Descriptor): string {
  const target = `object[${JSON.stringify(name)}]`;
  const { fallback } = unwrap(descriptor);
  const otherwise = fallback === undefined ? '' : ` else ${target} = ${source.constant(fallback.value)};`;
  return `if (${variable} !== undefined) ${target} = ${variable};${otherwise}`;
}

interface Members {
  readonly members: readonly Member[];
  readonly indexes: ReadonlyMap<string, number>;
}

/** Children in any order, from the one just opened to the end of their parent. */
function readOthers(
  { members, indexes }: Members,
  scanner: XmlScanner,
  issues: Issues,
  settings: Settings,
  values: unknown[],
): unknown[] {
  do {
    const index = isOurs(scanner, settings) ? indexes.get(scanner.local) : undefined;
    if (index === undefined) refuseUnknown(scanner, issues, settings);
    else if (values[index] !== undefined) {
      issues.add('duplicate', 'is given twice', members[index]?.name);
      scanner.skip();
    } else values[index] = readMember(members[index] as Member, scanner, issues, settings);
  } while (scanner.open());
  return values;
}

/** Items in a wrapper; where no maximum is declared, the site's limit holds before memory is spent (DESIGN §8). */
function listReader({ item, max }: ListDescriptor): ElementReader {
  const member = memberOf(itemElement, item);
  return (scanner, issues, settings) => {
    const most = mostEntries(max, settings);
    const bookmark = enterList(scanner, issues);
    const items = bookmark?.items ?? [];
    const take = (read: () => unknown) => {
      if (items.length >= most) throw tooMany(most);
      issues.enter(items.length);
      items.push(read());
      issues.leave();
      stopIfOver(bookmark, scanner);
    };
    if (!bookmark?.done) takeItems(member, take, scanner, issues, settings);
    bookmark?.close(scanner.place());
    return items;
  };
}

/** Takes the items that are left, through the end tag of the list. */
function takeItems(
  member: Member,
  take: (read: () => unknown) => void,
  scanner: XmlScanner,
  issues: Issues,
  settings: Settings,
): void {
  const usual = () => member.read(scanner, issues, settings);
  const unusual = () => readMember(member, scanner, issues, settings, true);
  if (isOursByDefault(scanner, settings)) while (scanner.openIf(itemElement)) take(usual);
  while (scanner.open()) {
    if (scanner.local === itemElement && isOurs(scanner, settings)) take(unusual);
    else refuseUnknown(scanner, issues, settings);
  }
}
