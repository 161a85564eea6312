import { type Command, Option } from 'commander';
import type { Answer, Client, ClientRequest, ClientResponse } from '../../client/client.ts';
import { exchange } from '../../client/exchange.ts';
import { clients, type Dialect } from '../../client/index.ts';
import { jsonText } from '../../client/json.ts';
import type { FunctionData } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { validator } from '../../lib/validate.ts';
import { packageVersion } from '../../lib/version.ts';
import { type CredentialOptions, credentialsOf, secretOf, withCredentials } from './credentials.ts';
import { CommandFailure, failed, issueText, reasonText, usage } from './failure.ts';
import { isSensitive } from './flags.ts';
import { type LoadOption, withLoad } from './functions.ts';
import { knownFunctions, unknownFunction } from './named-function.ts';
import { print } from './output.ts';
import { readParams } from './params.ts';
import { type ServedFunction, servedFunction } from './served-function.ts';

interface Options extends LoadOption, CredentialOptions {
  readonly protocol: Dialect;
  readonly url: string;
  readonly json?: string;
  readonly namespace?: string;
  readonly show?: true;
}

/** `polywire call FUNCTION name=value …`: calls a server by any protocol and prints the result as JSON. */
export function configureCall(command: Command): void {
  withCredentials(withLoad(command))
    .argument('<function>', 'its name')
    .argument(
      '[parameters...]',
      'name=value; lists and objects as JSON text, bytes as base64 or @file, secrets as - to be asked',
    )
    .addOption(new Option('--protocol <name>', 'how to call').choices(Object.keys(clients)).default('rest'))
    .option('--url <url>', "the server's address", 'http://127.0.0.1:8080')
    .option('--json <object>', 'parameters as a JSON object')
    .option('--namespace <uri>', 'the target namespace, for SOAP (default: urn:polywire)')
    .option('--show', 'print what goes over the wire on stderr')
    .action(call);
}

async function call(name: string, words: readonly string[], options: Options): Promise<void> {
  const client = clients[options.protocol];
  const url = targetUrl(options.url, client);
  const identified = await credentialsOf(options);
  const { fn, namespace } = await described(name, options, siteOf(url, client), identified);
  const params = readParams(fn, await withSecrets(fn, words), options.json);
  const request = encode(client, fn, params, { url, namespace: options.namespace ?? namespace ?? 'urn:polywire' });
  const show = (lines: string) => {
    if (options.show) process.stderr.write(`${lines}\n`);
  };
  const response = await exchange(identified(request), `polywire/${packageVersion()}`, show).catch(
    (reason: unknown) => {
      throw unreachable(url, reason);
    },
  );
  const answer = decode(client, fn, response, url);
  if (!answer.ok) throw remoteFault(answer);
  print(jsonText(answer.value, 2));
}

/** What is called: as it is known here, else as the site describes it to this caller. */
async function described(
  name: string,
  { load, protocol }: Options,
  site: URL,
  identified: (request: ClientRequest) => ClientRequest,
): Promise<ServedFunction> {
  const known = await knownFunctions(name, load, protocol);
  const fn = known.find((one) => one.name === name);
  if (fn !== undefined) return { fn, namespace: undefined };
  const served = await servedFunction(name, site, identified);
  if (served === undefined) throw unknownFunction(name, known, load, site.origin);
  return served;
}

/** The words of the call; where a secret parameter is given as `-`, it is asked for or read from the standard input. */
async function withSecrets(fn: FunctionData, words: readonly string[]): Promise<readonly string[]> {
  const whole: string[] = [];
  for (const word of words) {
    const [, name = ''] = /^(\w+)=-$/.exec(word) ?? [];
    const param = Object.hasOwn(fn.params, name) ? fn.params[name] : undefined;
    const secret = param !== undefined && isSensitive(param);
    whole.push(secret ? `${name}=${await secretOf('-', name)}` : word);
  }
  return whole;
}

/** The address with the protocol's path, if it has none of its own; a copied `?wsdl` is left out. */
function targetUrl(text: string, client: Client): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw usage(`'${text}' is no http or https address`);
  const url = new URL(text);
  if (/^\?wsdl\b/i.test(url.search)) url.search = '';
  if (url.pathname === '/') url.pathname = client.path;
  url.hash = '';
  return url;
}

/** Where the site has its documents: above the path of the protocol. */
function siteOf(url: URL, { path }: Client): URL {
  const above = url.pathname.lastIndexOf(path);
  return new URL(`${above < 0 ? '' : url.pathname.slice(0, above)}/`, url);
}

function encode(client: Client, fn: FunctionData, ...rest: [Record<string, unknown>, Parameters<Client['encode']>[2]]) {
  try {
    return client.encode(fn, ...rest);
  } catch (reason) {
    throw usage(reason instanceof Fault ? reasonText(reason) : 'the parameters do not fit', reason);
  }
}

function unreachable(url: URL, reason: unknown): CommandFailure {
  const { code } = reason as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return failed(`nothing answers at ${url.origin}: is the server running?`, reason);
  return failed(`${url.origin}: ${reasonText(reason) || code}`, reason);
}

/** Reads the answer; one that is of no such protocol, or has a result of another type, is told as such. */
function decode(client: Client, fn: FunctionData, response: ClientResponse, url: URL): Answer {
  const issues = new Issues();
  let answer: Answer | undefined;
  try {
    answer = issues.collect(() => client.decode(fn, response, issues));
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason;
    const text = /^text\/plain/.test(response.contentType) ? `: ${firstLine(response.body)}` : '';
    const why = text === '' ? ` with something else (${reasonText(reason)})` : text;
    throw failed(`${url.href} answers HTTP ${response.status}${why}`, reason);
  }
  if (answer?.ok === true && fn.returns !== undefined) {
    const { returns } = fn;
    const { value } = answer;
    issues.collect(() => validator(returns, { open: true, list: Number.MAX_SAFE_INTEGER }).issues(value, issues));
  }
  if (answer === undefined || issues.list.length > 0) {
    throw failed(`the result is not what ${fn.name} promises: ${issueText(issues.list)}`);
  }
  return answer;
}

function firstLine(body: Uint8Array): string {
  return new TextDecoder().decode(body).trim().split('\n', 1)[0]?.slice(0, 200) ?? '';
}

/** `code: message [path: message; …] (request id)`: the fault of the server, in one line. */
function remoteFault({ code, message, issues, requestId }: Extract<Answer, { ok: false }>): CommandFailure {
  const list = issues.length === 0 ? '' : ` [${issueText(issues)}]`;
  const line = `${code}: ${message}${list}${requestId === undefined ? '' : ` (request ${requestId})`}`;
  return new CommandFailure(line.replace(/\s*\n\s*/g, ' '));
}
