import { XMLParser } from 'fast-xml-parser';

/** A parsed answer: what was returned, or the fault. */
export type Answer =
  | { readonly value: unknown }
  | { readonly fault: { readonly faultCode: number; readonly faultString: string } };

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  processEntities: false,
});

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a methodResponse with fast-xml-parser, knowing nothing of our own reader. */
export function parseAnswer(text: string): Answer {
  const [root] = parser.parse(text) as Node[];
  const content = children(root, 'methodResponse');
  const [first] = content;
  if (first !== undefined && 'fault' in first)
    return { fault: readValue(only(children(first, 'fault'), 'value')) as never };
  return { value: readValue(only(children(only(children(first, 'params'), 'param'), 'param'), 'value')) };
}

/** Reads a `<value>` element. */
export function parseValue(text: string): unknown {
  const [value] = parser.parse(text) as Node[];
  return readValue(value);
}

function children(node: Node | undefined, name: string): readonly Node[] {
  if (node === undefined || !(name in node)) throw new Error(`Expected ${name} in ${JSON.stringify(node)}`);
  return node[name] as Node[];
}

function only(nodes: readonly Node[], name: string): Node {
  const [node] = nodes;
  if (nodes.length !== 1 || node === undefined || !(name in node)) throw new Error(`Expected one ${name}`);
  return node;
}

function text(nodes: readonly Node[]): string {
  const [node] = nodes;
  if (node === undefined) return '';
  if (nodes.length > 1 || !('#text' in node)) throw new Error(`Expected text in ${JSON.stringify(nodes)}`);
  return String(node['#text']).replace(/&(?:#([0-9]+)|([a-z]+));/g, (_, digits?: string, name?: string) =>
    digits === undefined ? (entities[name ?? ''] ?? '?') : String.fromCodePoint(Number(digits)),
  );
}

function readValue(node: Node | undefined): unknown {
  const [typed] = children(node, 'value');
  const [type = ''] = Object.keys(typed ?? {});
  const content = children(typed, type);
  switch (type) {
    case 'string':
      return text(content);
    case 'int':
      return Number(digits(text(content), /^-?[0-9]+$/));
    case 'i8':
      return BigInt(text(content));
    case 'double':
      return Number(digits(text(content), /^-?[0-9]+(\.[0-9]+)?$/));
    case 'boolean':
      return digits(text(content), /^[01]$/) === '1';
    case 'dateTime.iso8601':
      return { dateTime: digits(text(content), /^[0-9]{8}T[0-9]{2}:[0-9]{2}:[0-9]{2}$/) };
    case 'base64':
      return new Uint8Array(Buffer.from(text(content), 'base64'));
    case 'nil':
      return null;
    case 'array':
      return children(only(content, 'data'), 'data').map(readValue);
    case 'struct':
      return structOf(content);
    default:
      throw new Error(`Unknown type ${type}`);
  }
}

function digits(found: string, form: RegExp): string {
  if (!form.test(found)) throw new Error(`${found} is not of the form ${form}`);
  return found;
}

function structOf(members: readonly Node[]): unknown {
  const entries = members.map((member) => {
    const [name, value, ...rest] = children(member, 'member');
    if (rest.length > 0) throw new Error('A member has more than name and value');
    return [text(children(name, 'name')), readValue(value)] as const;
  });
  if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new Error('A name occurs twice');
  return Object.fromEntries(entries);
}
