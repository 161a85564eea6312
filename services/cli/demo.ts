import type { ClientRequest } from '../../client/client.ts';
import { clients, type Dialect } from '../../client/index.ts';
import { jsonText } from '../../client/json.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { unwrap } from '../../lib/descriptor.ts';
import { Issues } from '../../lib/issues.ts';
import { exampleJson } from '../../lib/json/example.ts';
import { jsonReader } from '../../lib/json/read.ts';
import type { Settings } from '../../lib/settings.ts';
import { packageVersion } from '../../lib/version.ts';
import { besideSamples, type Loaded, loadWords } from './functions.ts';
import { invocation, shellWord } from './output.ts';
import { isProtected } from './patterns.ts';

type Example = Readonly<Record<string, unknown>>;

/** What is known of a demo that has started. */
export interface Demo {
  readonly url: string;
  /** The link to its first administrator's place, if it has one. */
  readonly setup: string | undefined;
  readonly loaded: Loaded;
  readonly settings: Settings;
  readonly logged: boolean;
}

/** What `serve --demo` prints once it listens: the console, and a line to copy for each protocol. */
export function demoText({ url, setup, loaded, settings, logged }: Demo): string {
  const ready = besideSamples(loaded).filter(isReady);
  const fn = ready.find(({ name }) => name === 'test.greet') ?? ready[0];
  const count = settings.enabledwsfunctions.length;
  const head = [
    `# The console: ${url}/console/`,
    ...(setup === undefined ? [] : [`# To administer it, once, within an hour: ${setup}`]),
    `# Polywire ${packageVersion()}, the demo, at ${url}`,
    `# Every protocol and ${count === 1 ? 'one function' : `${count} functions`} are on, for this machine only. Settings are not kept. Ctrl-C ends it.`,
    `# ${logged ? '' : 'Calls are not logged; give --log stderr to see them. '}Copy any line into another terminal:`,
  ];
  return fn === undefined ? head.join('\n') : [...head, ...linesFor(fn, url, settings, loaded)].join('\n');
}

const titles = { rest: 'REST', jsonrpc: 'JSON-RPC', xmlrpc: 'XML-RPC', soap: 'SOAP 1.1', mcp: 'MCP' } as const;

function linesFor(fn: AnyFunction, url: string, { namespace }: Settings, loaded: Loaded): readonly string[] {
  const example = exampleJson(fn, fn.examples[0]?.params ?? {});
  const lines = Object.entries(titles).flatMap(([dialect, title]) => {
    const client = clients[dialect as Dialect];
    const address = new URL(url);
    address.pathname = client.path;
    const request = client.encode(fn, typed(fn, example), { url: address, namespace });
    return ['', `# ${title}`, curlLine(fn, dialect, request, example), callLine(fn, dialect, url, example, loaded)];
  });
  return [
    ...lines,
    '',
    '# The WSDL, for SOAP clients',
    `curl '${url}/soap?wsdl'`,
    ...documentLines(url),
    ...ownLines(fn, url, loaded),
  ];
}

/** What describes the functions to programs. */
function documentLines(url: string): readonly string[] {
  return ['', '# The same for REST and JSON-RPC', `curl ${url}/openapi.json`, `curl ${url}/openrpc.json`];
}

/** Whether a function can be called as it is documented, and the demo lets anybody do so. */
function isReady({ name, internal, params, examples }: AnyFunction): boolean {
  const complete = examples.length > 0 || Object.values(params).every((param) => unwrap(param).optional);
  return complete && !internal && !isProtected(name);
}

/** A call of the first of the loaded functions. */
function ownLines(shown: AnyFunction, url: string, loaded: Loaded): readonly string[] {
  const own = loaded.modules.length > 0 ? loaded.functions.find(isReady) : undefined;
  if (own === undefined || own === shown) return [];
  return ['', '# Your own', callLine(own, 'rest', url, exampleJson(own, own.examples[0]?.params ?? {}), loaded)];
}

/** An example as handlers have it; what is left out stays left out. */
function typed(fn: AnyFunction, example: Example): Record<string, unknown> {
  const issues = new Issues();
  const read = Object.entries(example).map(([name, value]) => {
    const param = fn.params[name];
    return [name, param === undefined ? value : jsonReader(param)(value, issues)] as const;
  });
  return Object.fromEntries(read);
}

/** A request as a line for a POSIX shell; a REST call that reads plain texts as the address alone. */
function curlLine(fn: AnyFunction, dialect: string, request: ClientRequest, example: Example): string {
  if (dialect === 'rest' && fn.effect === 'read' && !fn.post && Object.values(example).every(isPlain)) {
    const query = new URLSearchParams(example as Record<string, string>);
    return `curl ${shellWord(`${request.url.href}${query.size > 0 ? `?${query}` : ''}`)}`;
  }
  const headers = Object.entries(request.headers)
    .filter(([name]) => name !== 'Accept')
    .map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`);
  return ['curl', ...headers, '-d', shellWord(request.body), shellWord(request.url.href)].join(' ');
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}

function callLine(fn: AnyFunction, dialect: string, url: string, example: Example, loaded: Loaded): string {
  const words = Object.entries(example).map(([name, value]) => {
    const param = fn.params[name];
    const scalar = param !== undefined && unwrap(param).core.kind !== 'json' && isPlain(value);
    return shellWord(`${name}=${scalar ? value : jsonText(value)}`);
  });
  const own = loaded.functions.includes(fn) ? loadWords(loaded.modules) : '';
  return `${invocation} call ${[fn.name, ...words].join(' ')} --protocol ${dialect} --url ${shellWord(url)}${own}`;
}
