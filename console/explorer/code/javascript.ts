import { jsonText } from '../../../client/json.ts';
import { toBase64 } from '../../../lib/base64.ts';
import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import { javascriptText } from './quote.ts';
import { bracketed, credentialHeader, indented, type Sample } from './sample.ts';

const tab = '  ';
const identifier = /^[A-Za-z_$][\w$]*$/;

/** The name of a member in an object literal; `__proto__` is one only in brackets (ECMA-262, B.3.1). */
function memberName(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return identifier.test(name) ? name : javascriptText(name);
}

/** Any JSON value as a literal. */
export function javascriptValue(value: unknown): string {
  if (typeof value === 'string') return javascriptText(value);
  if (Array.isArray(value)) return bracketed('[', value.map(javascriptValue), ']', tab);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, item]) => `${memberName(name)}: ${javascriptValue(item)}`);
  return objectOf(members);
}

/** The request by `fetch`, in Node or a page. */
export function fetchCode({ request, credential, way }: Sample): string {
  const { method, url, headers, body } = request;
  const known = credentialHeader(credential);
  const lines = Object.entries(headers).map(([name, value]) => `${memberName(name)}: ${javascriptText(value)},`);
  if (known !== undefined)
    lines.push(`${memberName(known.name)}: \`${known.prefix}\${process.env.${known.variable}}\`,`);
  const json = /json/.test(headers['Content-Type'] ?? '');
  const content = json ? `JSON.stringify(${indented(javascriptValue(JSON.parse(body)), tab)})` : javascriptText(body);
  return `const response = await fetch(${javascriptText(url.href)}, {
  method: "${method}",
  headers: {
    ${lines.join('\n    ')}
  },
  body: ${content},
});
${json ? jsonEnd(way.name) : 'console.log(await response.text());'}
`;
}

/** How the answer is taken apart. */
function jsonEnd(way: string): string {
  if (way === 'rest' || way === 'console') {
    return 'const { status, result, error } = await response.json();\nconsole.log(status === "ok" ? result : error);';
  }
  return 'const { result, error } = await response.json();\nconsole.log(error ?? result);';
}

/** The call by the typed client of this package. */
export function typedCode({ fn, values, way, origin, credential }: Sample): string {
  const members = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${memberName(name)}: ${typedValue(fn.params[name] as Descriptor, value)}`);
  const params = members.length === 0 ? '' : objectOf(members);
  const known = credentialHeader(credential);
  const secret = known === undefined ? '' : `\n  ${credential}: process.env.${known.variable},`;
  return `import { createClient } from "polywire/client";
import type * as functions from "./functions.ts"; // where they are defined

const client = createClient<typeof functions>({
  url: ${javascriptText(origin)},
  protocol: "${way.name}",${secret}
});
const result = await client${access(fn.name)}(${params});
console.log(result);
`;
}

function objectOf(members: readonly string[]): string {
  const line = `{ ${members.join(', ')} }`;
  if (members.length === 0) return '{}';
  return line.length <= 72 && !line.includes('\n') ? line : bracketed('{', members, '}', tab);
}

/** A function by the words of its name, unless one of them is the client's own or makes a promise of it. */
function access(name: string): string {
  const words = name.split('.');
  const dotted = !words.includes('then') && !['batch', 'isError'].includes(words[0] ?? '');
  return dotted ? words.map((word) => `.${word}`).join('') : `[${javascriptText(name)}]`;
}

/** A value as handlers have it. */
function typedValue(descriptor: Descriptor, value: unknown): string {
  const { core } = unwrap(descriptor);
  if (value === null) return 'null';
  switch (core.kind) {
    case 'int64':
      return `${value}n`;
    case 'datetime':
      return `new Date("${(value as Date).toISOString()}")`;
    case 'bytes':
      return `Buffer.from("${toBase64(value as Uint8Array)}", "base64")`;
    case 'list':
      return bracketed(
        '[',
        (value as readonly unknown[]).map((item) => typedValue(core.item, item)),
        ']',
        tab,
      );
    case 'map':
      return typedObject(value as object, () => core.value);
    case 'object':
      return typedObject(value as object, (name) => core.fields[name] as Descriptor);
    default:
      return javascriptValue(JSON.parse(jsonText(value)));
  }
}

function typedObject(value: object, of: (name: string) => Descriptor): string {
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => `${memberName(name)}: ${typedValue(of(name), item)}`);
  return objectOf(members);
}
