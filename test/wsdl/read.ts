import { SaxesParser } from 'saxes';

/** An element as a namespace-aware reader of its own sees it. */
export interface Read {
  readonly uri: string;
  readonly local: string;
  /** Attributes by local name, or by `{uri}local` where they have a namespace. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Read[];
  readonly text: string;
  /** The namespace of a prefix here. */
  readonly resolve: (prefix: string) => string | undefined;
}

type Mutable = Omit<Read, 'children' | 'text'> & { children: Mutable[]; text: string };

/** Reads a document; whatever is not well-formed or has an unbound prefix throws. */
export function read(xml: string): Read {
  const parser = new SaxesParser({ xmlns: true });
  const root: Mutable = { uri: '', local: '', attributes: {}, children: [], text: '', resolve: () => undefined };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = Object.create(null);
    for (const { uri, prefix, local, value } of Object.values(tag.attributes)) {
      if (prefix !== 'xmlns' && local !== 'xmlns') attributes[uri === '' ? local : `{${uri}}${local}`] = value;
    }
    const scope = open.at(-1)?.resolve;
    const own = { ...tag.ns };
    const resolve = (prefix: string) => own[prefix] ?? scope?.(prefix);
    const element: Mutable = { uri: tag.uri, local: tag.local, attributes, children: [], text: '', resolve };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    const at = open.at(-1);
    if (at !== undefined) at.text += text;
  });
  parser.write(xml).close();
  const [element] = root.children;
  if (element === undefined) throw new Error('no element');
  return element;
}

/** An element and all below it. */
export function* all(element: Read): Generator<Read> {
  yield element;
  for (const child of element.children) yield* all(child);
}

export const wsdlUri = 'http://schemas.xmlsoap.org/wsdl/';
export const xsdUri = 'http://www.w3.org/2001/XMLSchema';
export const soap11Uri = 'http://schemas.xmlsoap.org/wsdl/soap/';
export const soap12Uri = 'http://schemas.xmlsoap.org/wsdl/soap12/';
export const soapencUri = 'http://schemas.xmlsoap.org/soap/encoding/';

/** All elements of that name below an element. */
export function find(element: Read, uri: string, local: string): Read[] {
  return [...all(element)].filter((each) => each.uri === uri && each.local === local);
}

/** The children of that name. */
export function children(element: Read, uri: string, local: string): Read[] {
  return element.children.filter((each) => each.uri === uri && each.local === local);
}

/** The only element of that name below an element, and of that `name` if one is given. */
export function one(element: Read, uri: string, local: string, name?: string): Read {
  const found = find(element, uri, local).filter((each) => name === undefined || each.attributes['name'] === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} elements ${local} ${name ?? ''}`);
  return found[0];
}
