import type { AnyFunction } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { beginAgain } from '../xml/again.ts';
import { scanXml } from '../xml/decode.ts';
import { locate } from '../xml/failure.ts';
import { xmlLimits } from '../xml/limits.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { charsetOf } from './media-type.ts';
import { decodeMulticall } from './multicall.ts';
import { readParams } from './read.ts';
import { multicallName } from './signature.ts';
import { close, nonconforming, runOf, textOf, wellFormed } from './structure.ts';

/** What an answer repeats: whether it answers one call or many, and which types its caller knows. */
export interface XmlrpcNote {
  readonly multicall: boolean;
  /** The setting `xmlrpc.extensions`: answers may have `i8`, and `nil` for null members. */
  readonly extensions: boolean;
}

const names = /^[A-Za-z0-9_.:/]+$/;

/** Decodes a `methodCall` (XML-RPC specification) up to its parameters; those are read when the call has been admitted. */
export function decode(request: WireRequest, site: Site): Decoded<XmlrpcNote> {
  const { extensions } = site.settings.xmlrpc;
  try {
    const x = begin(request, site);
    return wellFormed(x, () => {
      const name = methodName(x);
      const multicall = name === multicallName;
      const size = request.body.length;
      const calls = multicall ? allCalls(x, size, site) : [oneCall(x, name, size, site)];
      return { calls, note: { multicall, extensions } };
    });
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason;
    return { calls: [reason], note: { multicall: false, extensions } };
  }
}

function begin({ headers, body }: WireRequest, { settings }: Site): XmlScanner {
  const x = scanXml(body, charsetOf(headers['content-type']), xmlLimits(settings.limits));
  x.root();
  return x;
}

const usualName = runOf('<methodName>*</methodName>');

/** The name as it is sent, of the characters that the specification allows. */
function methodName(x: XmlScanner): string {
  if (x.local !== 'methodCall' || x.uri !== '') throw nonconforming('The root element must be methodCall');
  const name = x.take(usualName) ?? textOf(x, 'methodName');
  if (!names.test(name)) throw nonconforming('The method name has characters that XML-RPC does not allow, or none');
  return name;
}

/** Whether `<params>` follows, now opened; else the call has ended. */
function hasParams(x: XmlScanner): boolean {
  if (x.openIf('params')) return true;
  if (!x.open()) return false;
  if (x.local !== 'params' || x.uri !== '') throw nonconforming('Only params may follow the method name');
  return true;
}

function endOfCall(x: XmlScanner): void {
  if (x.depth > 0) close(x, 'methodCall');
  x.end();
}

function oneCall(x: XmlScanner, name: string, size: number, site: Site): Call {
  const present = hasParams(x);
  return {
    name,
    size,
    read: (fn: AnyFunction, issues: Issues) =>
      wellFormed(x, () => {
        beginAgain(x, issues);
        const { list } = site.settings.limits;
        const params = locate(issues, () => readParams(fn, present ? x : undefined, issues, list, 'params'));
        endOfCall(x);
        return params;
      }),
  };
}

function allCalls(x: XmlScanner, size: number, site: Site): (Call | Fault)[] {
  const calls = decodeMulticall(x, hasParams(x), size, site);
  endOfCall(x);
  return calls;
}
