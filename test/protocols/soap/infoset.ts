import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';

/** An element as expanded names, whatever the prefixes. */
export interface Item {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Item[];
  readonly text: string;
}

const qnames = new Set([
  '{http://www.w3.org/2001/XMLSchema-instance}type',
  '{http://schemas.xmlsoap.org/soap/encoding/}arrayType',
]);

/** Reads a document into expanded names; names in types are resolved too. */
export function infoset(xml: string): Item {
  const parser = new SaxesParser({ xmlns: true });
  const root: Item[] = [];
  const stack: { name: string; attributes: Record<string, string>; children: Item[]; text: string }[] = [];
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
      const name = `{${attribute.uri}}${attribute.local}`;
      attributes[name] = qnames.has(name)
        ? attribute.value.replace(/^([\w-]+):/, (_, prefix: string) => `{${parser.resolve(prefix) ?? ''}}`)
        : attribute.value;
    }
    const item = { name: `{${tag.uri}}${tag.local}`, attributes, children: [], text: '' };
    (stack.at(-1)?.children ?? root).push(item);
    stack.push(item);
  });
  parser.on('text', (text) => {
    const top = stack.at(-1);
    if (top) top.text += text;
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return root[0] as Item;
}

/** The first element below (or at) `item` with this local name. */
export function find(item: Item, local: string): Item | undefined {
  if (item.name.endsWith(`}${local}`)) return item;
  for (const child of item.children) {
    const found = find(child, local);
    if (found) return found;
  }
  return undefined;
}

/** The text of the first element with this local name. */
export function textOf(xml: string, local: string): string | undefined {
  return find(infoset(xml), local)?.text;
}

/** An independent reader of our answers: fast-xml-parser, values as text. */
// biome-ignore lint/suspicious/noExplicitAny: tests go down a path that the next line asserts
export function readWith(xml: string): Record<string, any> {
  return new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    ignoreDeclaration: true,
    htmlEntities: true,
  }).parse(xml);
}
