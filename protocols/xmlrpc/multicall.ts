import type { AnyFunction } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Call } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { beginAgain } from '../xml/again.ts';
import { locate } from '../xml/failure.ts';
import type { XmlMark, XmlScanner } from '../xml/scanner.ts';
import { readParams, readTexts } from './read.ts';
import { multicallName } from './signature.ts';
import { close, memberName, nonconforming, openNext, openOnly, openType, runOf, simpleText } from './structure.ts';

/**
 * Takes the one parameter of `system.multicall` (UserLand's proposal), an array of structs {methodName, params}, apart
 * into calls; everything is scanned to the end, parameters are read once their call is admitted. Ends after `</params>`.
 */
export function decodeMulticall(x: XmlScanner, hasParams: boolean, size: number, site: Site): (Call | Fault)[] {
  if (!hasParams || !openNext(x, 'param')) throw noArray();
  openOnly(x, 'value');
  if (!x.openIf('array') && openType(x).type !== 'array') throw noArray();
  openOnly(x, 'data');
  const { batch, list } = site.settings.limits;
  const calls: (Call | Fault)[] = [];
  while (openNext(x, 'value')) {
    if (calls.length >= batch) throw new Fault('too-large', `A multicall may have at most ${batch} calls`);
    calls.push(decodeEntry(x, size, list));
  }
  close(x, 'array');
  close(x, 'value');
  close(x, 'param');
  close(x, 'params');
  return calls;
}

function noArray(): Fault {
  return new Fault('invalid-params', 'system.multicall takes one array of structs');
}

/** The parameters of a call, which have been passed over: where they begin, and what they are if all are plain strings. */
interface Passed {
  readonly start: XmlMark;
  readonly texts: readonly string[] | undefined;
}

/** A call whose parameters lie in a part of the message that has been passed over. */
class Entry implements Call {
  readonly name: string;
  readonly size: number;
  private readonly x: XmlScanner;
  private readonly params: Passed;
  private readonly most: number;

  constructor(name: string, size: number, x: XmlScanner, params: Passed, most: number) {
    this.name = name;
    this.size = size;
    this.x = x;
    this.params = params;
    this.most = most;
  }

  read(fn: AnyFunction, issues: Issues): Record<string, unknown> {
    const { start, texts } = this.params;
    const params = texts === undefined ? undefined : readTexts(fn, texts, issues);
    if (params !== undefined) return params;
    return locate(issues, () => {
      this.x.resume(start);
      beginAgain(this.x, issues);
      return readParams(fn, this.x, issues, this.most, 'data');
    });
  }
}

/** One call of many, through `</value>`: what is wrong with its form is its own fault, not that of the others. */
function decodeEntry(x: XmlScanner, size: number, most: number): Call | Fault {
  const outer = x.depth - 1;
  try {
    const { name, params } = readEntry(x);
    if (name === multicallName) return nonconforming('A multicall inside of a multicall is not allowed');
    if (name.startsWith('auth.')) return new Fault('forbidden', 'This function is not called inside of a multicall');
    return new Entry(name, size, x, params, most);
  } catch (reason) {
    if (!(reason instanceof Fault) || reason.code !== 'invalid-request') throw reason;
    while (x.depth > outer) x.skip();
    return reason;
  }
}

/** What the struct of a call has. */
interface Parts {
  name: string | undefined;
  params: Passed | undefined;
}

const usualStart = runOf(
  '<struct><member><name>methodName</name><value><string>*</string></value></member><member><name>params</name><value><array><data>',
);
const usualEnd = runOf('</array></value></member></struct></value>');

/** Reads the struct {methodName, params} through the end of its value, in its usual form or member by member. */
function readEntry(x: XmlScanner): { readonly name: string; readonly params: Passed } {
  const usual = x.take(usualStart);
  const parts: Parts = { name: usual, params: undefined };
  if (usual !== undefined) {
    const params = passData(x);
    if (x.take(usualEnd) !== undefined) return { name: usual, params };
    parts.params = params;
    close(x, 'array');
    close(x, 'value');
    close(x, 'member');
  } else if (!x.openIf('struct') && openType(x).type !== 'struct') throw nonconforming('A call must be a struct');
  readMembers(x, parts);
  close(x, 'value');
  const { name, params } = parts;
  if (name === undefined || params === undefined) throw nonconforming('A call must have methodName and params');
  return { name, params };
}

function readMembers(x: XmlScanner, parts: Parts): void {
  while (openNext(x, 'member')) {
    const member = memberName(x);
    if (member === 'methodName' && parts.name === undefined) parts.name = entryName(x);
    else if (member === 'params' && parts.params === undefined) parts.params = entryParams(x);
    else throw nonconforming('A call has the members methodName and params, each once');
    close(x, 'member');
  }
}

function entryName(x: XmlScanner): string {
  const opened = openType(x);
  if (opened.type !== 'string' && opened.type !== 'untyped') throw nonconforming('A methodName must be a string');
  return simpleText(opened, x);
}

function entryParams(x: XmlScanner): Passed {
  if (!x.openIf('array') && openType(x).type !== 'array') throw nonconforming('The params of a call must be an array');
  openOnly(x, 'data');
  const passed = passData(x);
  close(x, 'array');
  close(x, 'value');
  return passed;
}

const usualValue = runOf('<value><string>*</string></value>');

/** Passes the content of `data` and its end. */
function passData(x: XmlScanner): Passed {
  const start = x.mark();
  const texts: string[] = [];
  for (;;) {
    const text = x.take(usualValue);
    if (text === undefined) break;
    texts.push(text);
  }
  if (x.closeIf('data')) return { start, texts };
  x.skip();
  return { start, texts: undefined };
}
