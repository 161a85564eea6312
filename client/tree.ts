import { XmlScanner } from '../protocols/xml/scanner.ts';
import type { ClientResponse } from './client.ts';
import { decodeXmlBody } from './xml-text.ts';

/** An element of an answer: its local name and namespace, its text, its children, whether it is xsi:nil. */
export interface Node {
  readonly local: string;
  readonly uri: string;
  readonly text: string;
  readonly children: readonly Node[];
  readonly nil: boolean;
}

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

/** What a client puts up with from its server. */
const limits = { depth: 500, children: 1_000_000, attributes: 100, attributeLength: 65_536, name: 1_024 };

/**
 * Reads a whole document into a tree.
 * @throws Fault if it is not well formed
 */
export function readTree(response: ClientResponse): Node {
  const scanner = new XmlScanner(decodeXmlBody(response), limits);
  scanner.root();
  const root = readNode(scanner);
  scanner.end();
  return root;
}

/** The element whose start tag was consumed last, through its end tag. */
function readNode(scanner: XmlScanner): Node {
  const { local, uri } = scanner;
  const nil = /^(?:1|true)$/.test(scanner.attribute(xsi, 'nil') ?? '');
  const children: Node[] = [];
  let text = '';
  for (;;) {
    text += scanner.textOrOpen();
    if (!scanner.sawOpen) return { local, uri, text, children, nil };
    children.push(readNode(scanner));
  }
}

/** The first child of that name. */
export function child(node: Node | undefined, local: string): Node | undefined {
  return node?.children.find((candidate) => candidate.local === local);
}
