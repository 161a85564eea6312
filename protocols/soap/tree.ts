import type { Bookmark, Bookmarks } from '../../lib/bookmarks.ts';
import { Fault } from '../../lib/fault.ts';
import type { XmlMark, XmlScanner } from '../xml/scanner.ts';
import { encodingNamespace, type QName, xsiNamespace } from './envelope.ts';

/** An element of a message in rpc/encoded, where the order of things does not tell what they are (SOAP 1.1 §5). */
export interface Node {
  readonly local: string;
  readonly uri: string;
  readonly children: readonly Node[];
  /** Simple content; white space only if there are children. */
  readonly text: string;
  readonly attributes: NodeAttributes;
  /** Characters that it takes, about, for what references expand to. */
  readonly weight: number;
}

/** What rpc/encoded says in attributes. */
interface NodeAttributes {
  readonly id?: string;
  readonly href?: string;
  readonly nil?: string;
  /** xsi:type. */
  readonly type?: QName;
  /** soapenc:arrayType without the name of the item's type: `[2,3]`. */
  readonly dimensions?: string;
}

const none: NodeAttributes = {};
/** Of the many elements without children. */
const childless: readonly Node[] = Object.freeze([]);
const white = /^[ \t\r\n]*$/;

/** How far the children of an element have been read. */
interface Place {
  readonly mark: XmlMark;
  readonly text: string;
  readonly weight: number;
}

/** Reads the operation opened last as a tree, through its end tag: with bookmarks among the children of its parameters. */
export function readOperation(scanner: XmlScanner, bookmarks: Bookmarks | undefined): Node {
  return readTree(scanner, undefined, () => bookmarks?.open<Place>());
}

type Opener = () => Bookmark<Place> | undefined;

/** Reads the element opened last as a tree, through its end tag; `open` sets a bookmark in it, `below` in its children. */
export function readTree(scanner: XmlScanner, open?: Opener, below?: Opener): Node {
  const { local, uri } = scanner;
  const attributes = scanner.attributeCount === 0 ? none : readAttributes(scanner);
  const bookmark = open?.();
  let children = (bookmark?.items ?? childless) as readonly Node[];
  let text = '';
  let weight = 2 * local.length + 5;
  if (bookmark?.place !== undefined) {
    scanner.resume(bookmark.place.mark);
    ({ text, weight } = bookmark.place);
  }
  while (!bookmark?.done) {
    const piece = scanner.textOrOpen();
    text = text === '' ? piece : text + piece;
    if (!scanner.sawOpen) break;
    const child = readTree(scanner, below);
    weight += child.weight;
    children = withChild(children, child);
    if (bookmark?.isOver()) bookmark.stop({ mark: scanner.place(), text, weight });
  }
  bookmark?.close({ mark: scanner.place(), text, weight });
  if (children.length > 0 && !white.test(text))
    throw new Fault('invalid-request', `The element ${local.slice(0, 100)} mixes text and elements`);
  return { local, uri, children, text, attributes, weight: weight + text.length };
}

/** The children and one more; the list is made for the first of them. */
function withChild(children: readonly Node[], child: Node): readonly Node[] {
  if (children === childless) return [child];
  (children as Node[]).push(child);
  return children;
}

/** SOAP 1.1 §5.4: id and href are unqualified, the rest is in the namespaces of the encoding and of XML Schema. */
function readAttributes(scanner: XmlScanner): NodeAttributes {
  const id = scanner.attribute('', 'id');
  const href = scanner.attribute('', 'href');
  const nil = scanner.attribute(xsiNamespace, 'nil');
  const type = scanner.attribute(xsiNamespace, 'type');
  const array = scanner.attribute(encodingNamespace, 'arrayType');
  if (
    (scanner.attribute(encodingNamespace, 'offset') ?? scanner.attribute(encodingNamespace, 'position')) !== undefined
  ) {
    throw new Fault('invalid-request', 'Partially transmitted and sparse arrays are not taken');
  }
  return {
    ...(id !== undefined && { id }),
    ...(href !== undefined && { href }),
    ...(nil !== undefined && { nil }),
    ...(type !== undefined && { type: resolve(type.trim(), scanner) }),
    ...(array !== undefined && { dimensions: dimensionsOf(array.trim()) }),
  };
}

/** A QName in content (XML Schema part 2 §3.2.18). */
function resolve(name: string, scanner: XmlScanner): QName {
  const colon = name.indexOf(':');
  const uri = scanner.lookup(colon === -1 ? '' : name.slice(0, colon));
  if (uri === undefined) throw new Fault('invalid-request', 'A type name has a prefix that is not declared');
  return { uri, local: name.slice(colon + 1) };
}

/** The last brackets of an arrayType, which give the size; those before them belong to the item's type (SOAP 1.1 §5.4.2). */
function dimensionsOf(arrayType: string): string {
  const found = /\[[0-9,\t ]*\]$/.exec(arrayType.slice(-200));
  if (!found) throw new Fault('invalid-request', 'An arrayType ends with the size of the array in brackets');
  return found[0];
}
