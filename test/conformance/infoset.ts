import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';

/** An element as a reader that is not ours sees it: expanded names, no namespace declarations, no prefixes. */
export interface XmlElement {
  /** `{namespace}local`, or the local name alone. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Child elements; white space between them is nothing. */
  readonly children: readonly XmlElement[];
  /** The text, where there are no children. */
  readonly text: string;
}

type Node = Readonly<Record<string, unknown>>;
type Prefixes = Readonly<Record<string, string>>;

/** fast-xml-parser takes these legal names for an attack. */
const reserved: ReadonlySet<string> = new Set(['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']);

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  maxNestedTags: 500,
  transformTagName: (name) => (reserved.has(name) ? `${name}-` : name),
});

/**
 * Reads a document with fast-xml-parser. As that takes nearly anything, saxes first says whether it is well formed.
 * @throws if it is not
 */
export function readXml(text: string): XmlElement {
  const strict = new SaxesParser({ xmlns: true });
  strict.on('error', (error) => {
    throw error;
  });
  strict.write(text).close();
  const [root] = (parser.parse(text) as readonly Node[]).filter((node) => tagOf(node) !== undefined);
  if (root === undefined) throw new Error('the document has no root element');
  return element(root, { xml: 'http://www.w3.org/XML/1998/namespace' });
}

function tagOf(node: Node): string | undefined {
  return Object.keys(node).find((key) => key !== ':@' && key !== '#text');
}

function element(node: Node, outer: Prefixes): XmlElement {
  const tag = tagOf(node) ?? '';
  const given = Object.entries((node[':@'] ?? {}) as Record<string, string>);
  const declared = given.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const prefixes = { ...outer, ...Object.fromEntries(declared.map(([name, uri]) => [name.slice(6), uri])) };
  const content = node[tag] as readonly Node[];
  const children = content.filter((child) => tagOf(child) !== undefined).map((child) => element(child, prefixes));
  const attributes = given.filter((one) => !declared.includes(one));
  return {
    name: expanded(tag.replace(/-$/, ''), prefixes, true),
    attributes: Object.fromEntries(attributes.map(([name, value]) => [expanded(name, prefixes, false), value])),
    children,
    text: children.length > 0 ? '' : content.map((part) => String(part['#text'] ?? '')).join(''),
  };
}

function expanded(name: string, prefixes: Prefixes, isElement: boolean): string {
  const [first = '', second] = name.split(':');
  const uri = second === undefined ? (isElement ? prefixes[''] : undefined) : prefixes[first];
  return uri === undefined || uri === '' ? (second ?? first) : `{${uri}}${second ?? first}`;
}

/** The child of a name, its namespace included. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((one) => one.name === name);
}
