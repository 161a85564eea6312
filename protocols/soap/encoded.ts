import type { AnyFunction } from '../../lib/define.ts';
import { type Descriptor, type Fields, type ListDescriptor, type MapDescriptor, unwrap } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Site } from '../../lib/site.ts';
import { beginAgain, enterList, stopIfOver } from '../xml/again.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { arrayRows } from './array-rows.ts';
import { mostEntries, nilValue, tooMany } from './member.ts';
import { setOwn } from './own.ts';
import { References } from './references.ts';
import { readJson, readScalar } from './scalars.ts';
import { type Node, readOperation, readTree } from './tree.ts';

/** What PHP and Apache Axis send for a dictionary: items of key and value. */
const apacheMap = 'http://xml.apache.org/xml-soap';

/**
 * Reads the parameters of the rpc/encoded operation just opened (SOAP 1.1 §5, §7.1) and the message to its end: other
 * children of Body are values that the first one refers to.
 */
export function readEncodedParams(
  fn: AnyFunction,
  scanner: XmlScanner,
  issues: Issues,
  site: Site,
  finish: (scanner: XmlScanner) => void,
): Record<string, unknown> {
  const most = fn.body ?? site.settings.limits.body; // as for the function's messages, however much others may be sent
  const step = () => readMessage(scanner, issues, most, finish);
  const { operation, references } = issues.bookmarks?.once(step) ?? step();
  references.restart();
  return new EncodedReader(references, issues, site).parameters(fn, operation.children);
}

/** A message as a tree. */
interface Message {
  readonly operation: Node;
  readonly references: References;
}

/** @param most characters that references may expand to */
function readMessage(
  scanner: XmlScanner,
  issues: Issues,
  most: number,
  finish: (scanner: XmlScanner) => void,
): Message {
  beginAgain(scanner, issues);
  const operation = readOperation(scanner, issues.bookmarks);
  const roots = [operation, ...readRoots(scanner, issues)];
  finish(scanner);
  return { operation, references: new References(roots, most) };
}

/** The children of Body that follow the operation, through its end tag. */
function readRoots(scanner: XmlScanner, issues: Issues): readonly Node[] {
  const bookmark = enterList(scanner, issues);
  const roots = (bookmark?.items ?? []) as Node[];
  while (!bookmark?.done && scanner.open()) {
    const root = readTree(scanner);
    if (root.attributes.id === undefined) throw new Fault('invalid-request', 'The Body holds more than one operation');
    roots.push(root);
    stopIfOver(bookmark, scanner);
  }
  bookmark?.close(scanner.place());
  return roots;
}

/** How far an array has been read, and what its references have expanded to by then. */
interface RowPlace {
  readonly index: number;
  readonly expanded: number;
}

/** A member and what it is called here. */
interface Named {
  readonly name: string;
  readonly node: Node;
}

/** Reads nodes by descriptor; one for a message. */
class EncodedReader {
  readonly #references: References;
  readonly #issues: Issues;
  readonly #site: Site;

  constructor(references: References, issues: Issues, site: Site) {
    this.#references = references;
    this.#issues = issues;
    this.#site = site;
  }

  /** By name; by position where no name is a parameter's, as clients without WSDL send `param0`. */
  parameters(fn: AnyFunction, nodes: readonly Node[]): Record<string, unknown> {
    const named = nodes.map((node) => ({ name: this.#parameterName(fn, node), node }));
    if (named.every(({ name }) => name === undefined)) {
      const names = Object.keys(fn.params);
      return this.#fields(
        fn.params,
        nodes.map((node, index) => ({ name: names[index] ?? node.local, node })),
      );
    }
    return this.#fields(
      fn.params,
      named.map(({ name, node }) => ({ name: name ?? node.local, node })),
    );
  }

  #parameterName(fn: AnyFunction, node: Node): string | undefined {
    if (!this.#isOurs(node)) return undefined;
    if (Object.hasOwn(fn.params, node.local)) return node.local;
    return Object.hasOwn(fn.aliases, node.local) ? fn.aliases[node.local] : undefined;
  }

  #isOurs({ uri }: Node): boolean {
    return uri === '' || uri === this.#site.settings.namespace;
  }

  #fields(fields: Fields, members: readonly Named[]): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const member of members) this.#member(values, fields, member);
    for (const [name, field] of Object.entries(fields)) {
      const { fallback } = unwrap(field);
      if (fallback !== undefined && !Object.hasOwn(values, name)) values[name] = fallback.value;
    }
    return values;
  }

  #member(values: Record<string, unknown>, fields: Fields, { name, node }: Named): void {
    const field = this.#isOurs(node) && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) this.#issues.add('unknown', 'is not known here', name.slice(0, 100));
    else if (Object.hasOwn(values, name)) this.#issues.add('duplicate', 'is given twice', name);
    else {
      const value = this.#at(name, () => this.#value(field, node));
      if (value !== undefined) values[name] = value;
    }
  }

  #at<T>(step: string | number, read: () => T): T {
    this.#issues.enter(step);
    const value = read();
    this.#issues.leave();
    return value;
  }

  #value(descriptor: Descriptor, node: Node): unknown {
    return this.#references.follow(node, (target) => {
      const { nil } = target.attributes;
      if (nil === undefined) return this.#core(unwrap(descriptor).core, target);
      return this.#nil(descriptor, target, nilValue(nil));
    });
  }

  /** Nil stands for absence as well (SOAP 1.1 §5.1, rule 9): clients have no other way to leave a member out. */
  #nil(descriptor: Descriptor, node: Node, nil: boolean | undefined): unknown {
    const { core, nullable, optional } = unwrap(descriptor);
    if (nil === undefined) return this.#issues.add('type', 'xsi:nil must be true, false, 1 or 0');
    if (!nil) return this.#core(core, node);
    if (node.children.length > 0 || node.text.trim() !== '') return this.#issues.add('type', 'is nil and has content');
    if (nullable) return null;
    return optional ? undefined : this.#issues.add('type', 'must not be nil');
  }

  #core(core: ReturnType<typeof unwrap>['core'], node: Node): unknown {
    switch (core.kind) {
      case 'list':
        return this.#list(core, node);
      case 'map':
        return this.#map(core, node);
      case 'object':
        return this.#fields(core.fields, this.#members(node));
      default: {
        if (node.children.length > 0) return this.#issues.add('type', 'must be simple content');
        if (core.kind === 'json') return readJson(core, node.text, this.#issues, this.#site.settings);
        return readScalar(core, node.text, this.#issues);
      }
    }
  }

  /** The members of a struct; PHP without WSDL sends associative arrays, which stand for structs too. */
  #members(node: Node): Named[] {
    this.#refuseText(node);
    if (node.attributes.type?.uri !== apacheMap)
      return node.children.map((child) => ({ name: child.local, node: child }));
    return this.#entries(node).map(({ key, value }) => ({ name: key, node: value }));
  }

  #refuseText(node: Node): void {
    if (node.text.trim() !== '') this.#issues.add('type', 'must be elements, not text');
  }

  #list({ item, max }: ListDescriptor, node: Node): unknown {
    this.#refuseText(node);
    const rows = arrayRows(node);
    if (rows === undefined) return this.#issues.add('length', 'does not have as many items as its arrayType says');
    this.#limit(rows.length, max);
    const bookmark = this.#issues.bookmarks?.open<RowPlace>();
    const items = bookmark?.items ?? [];
    if (bookmark?.place !== undefined) this.#references.expanded = bookmark.place.expanded;
    const place = (): RowPlace => ({ index: items.length, expanded: this.#references.expanded });
    for (let index = bookmark?.place?.index ?? 0; index < rows.length; index++) {
      items.push(this.#at(index, () => this.#value(item, rows[index] as Node)));
      if (bookmark?.isOver()) bookmark.stop(place());
    }
    bookmark?.close(place());
    return items;
  }

  #limit(length: number, max: number | undefined): void {
    const most = mostEntries(max, this.#site.settings);
    if (length > most) throw tooMany(most);
  }

  #map({ value: descriptor, max }: MapDescriptor, node: Node): unknown {
    this.#refuseText(node);
    this.#limit(node.children.length, max);
    const map: Record<string, unknown> = {};
    for (const { key, value } of this.#entries(node)) {
      if (Object.hasOwn(map, key)) this.#issues.add('duplicate', 'is given twice', key.slice(0, 100));
      else
        setOwn(
          map,
          key,
          this.#at(key.slice(0, 100), () => this.#value(descriptor, value)),
        );
    }
    return map;
  }

  /** Structs of key and value; what their own elements are called does not count (SOAP 1.1 §5.4.2). */
  #entries(node: Node): { readonly key: string; readonly value: Node }[] {
    const entries: { readonly key: string; readonly value: Node }[] = [];
    for (const [index, child] of node.children.entries()) {
      const parts = this.#references.resolve(child).children;
      const key = parts.find(({ local }) => local === 'key');
      const value = parts.find(({ local }) => local === 'value');
      if (key === undefined || value === undefined || parts.length !== 2) {
        this.#issues.add('type', 'an entry has one key and one value', index);
      } else entries.push({ key: this.#references.resolve(key).text, value });
    }
    return entries;
  }
}
