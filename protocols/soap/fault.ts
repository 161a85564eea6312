import { joinText } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { ObjectDescriptor } from '../../lib/descriptor.ts';
import type { Fault, FaultCode } from '../../lib/fault.ts';
import { declaredFault, standardFault } from '../../wsdl/fault-object.ts';
import { escapeAttribute, escapeInUtf8 } from '../xml/write.ts';
import {
  type Envelope,
  encodingNamespace,
  envelopes,
  type QName,
  rpcNamespace,
  type Side,
  type SoapNote,
} from './envelope.ts';
import { detailWriter } from './write.ts';

/** Whose fault each code is (DESIGN §4): the caller's mistakes are Client or Sender, the rest Server or Receiver. */
const sides = {
  malformed: 'sender',
  'unsupported-encoding': 'sender',
  'invalid-encoding': 'sender',
  'invalid-request': 'sender',
  'too-large': 'sender',
  'method-not-allowed': 'sender',
  'unsupported-media-type': 'sender',
  'version-mismatch': 'version-mismatch',
  'must-understand': 'must-understand',
  'unknown-function': 'sender',
  'function-off': 'sender',
  'invalid-params': 'sender',
  internal: 'receiver',
  'invalid-result': 'receiver',
  unavailable: 'receiver',
  'service-off': 'receiver',
  'protocol-off': 'receiver',
  'https-required': 'sender',
  'address-refused': 'sender',
  misdirected: 'sender',
  unauthenticated: 'sender',
  'invalid-credentials': 'sender',
  forbidden: 'sender',
  csrf: 'sender',
  'origin-refused': 'sender',
  'rate-limited': 'sender',
  'quota-exceeded': 'sender',
  conflict: 'sender',
  timeout: 'receiver',
} as const satisfies Record<FaultCode, Side>;

/** What is refused before a message can be told has HTTP's own status (DESIGN §4). */
const earlyStatus: Readonly<Partial<Record<string, number>>> = {
  __proto__: null as never,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  misdirected: 421,
} satisfies Partial<Record<FaultCode, number>> & { __proto__: never };

/** Faults of SOAP 1.2 that have a name there (part 2 §4.4). */
const rpcSubcodes: Readonly<Partial<Record<string, string>>> = {
  __proto__: null as never,
  'unknown-function': 'rpc:ProcedureNotPresent',
  'invalid-params': 'rpc:BadArguments',
} satisfies Partial<Record<FaultCode, string>> & { __proto__: never };

function sideOf(fault: Fault, note: SoapNote): Side {
  if (note.encodingUnknown) return 'encoding-unknown';
  if (fault.declared) return fault.declared.status >= 500 ? 'receiver' : 'sender';
  return Object.hasOwn(sides, fault.code) ? sides[fault.code as FaultCode] : 'receiver';
}

/** The class of a fault in SOAP 1.1 and SOAP 1.2 (`Client`, `Sender`). */
export function faultClasses(fault: Fault): readonly [soap11: string, soap12: string] {
  const [one, two] = (['1.1', '1.2'] as const).map((version) => {
    const side = sideOf(fault, { version, style: 'literal' });
    return envelopes[version].codes[side];
  });
  return [one as string, two as string];
}

/** The HTTP status of a fault: SOAP 1.1 §6.2 has 500 for all, SOAP 1.2 part 2 §7.5.2.2 has 400 for env:Sender. */
export function faultStatus(fault: Fault, note: SoapNote): number {
  const early = note.early && !fault.declared ? earlyStatus[fault.code] : undefined;
  if (early !== undefined) return early;
  return note.version === '1.2' && sideOf(fault, note) === 'sender' ? 400 : 500;
}

/** Switched-off functions do not exist for callers (DESIGN §4). */
function codeOf(fault: Fault): string {
  return fault.code === 'function-off' && !fault.declared ? 'unknown-function' : fault.code;
}

/** What XML cannot carry becomes U+FFFD: a fault is always answered. */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

function legalDeep(value: unknown): unknown {
  if (typeof value === 'string') return legal(value);
  if (Array.isArray(value)) return value.map(legalDeep);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [legal(key), legalDeep(item)]));
}

const declaredObjects = new WeakMap<AnyFunction, Map<string, ObjectDescriptor>>();

/** The descriptor of the error object of a fault, as the WSDL declares it. */
function errorObject(fault: Fault, fn: AnyFunction | undefined): ObjectDescriptor {
  const error = fn && fault.declared && Object.hasOwn(fn.errors, fault.code) ? fn.errors[fault.code] : undefined;
  if (fn === undefined || error === undefined || (error.data && fault.declared?.data === undefined))
    return standardFault;
  const known = declaredObjects.get(fn) ?? new Map<string, ObjectDescriptor>();
  declaredObjects.set(fn, known);
  const object = known.get(fault.code) ?? declaredFault(fault.code, error.data);
  known.set(fault.code, object);
  return object;
}

/** The error object as the one typed element of `detail`. */
function detail(fault: Fault, fn: AnyFunction | undefined, note: SoapNote, requestId: string): string {
  const { issues, retryAfter } = fault;
  const error = {
    code: codeOf(fault),
    message: fault.message,
    requestId,
    ...(issues.length > 0 && { issues }),
    ...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter) }),
    ...(fault.declared?.data !== undefined && { data: fault.declared.data }),
  };
  return joinText(detailWriter(errorObject(fault, fn), note.style)(legalDeep(error)));
}

/** A fault as header blocks and the Fault element, for an envelope that declares `tns` and `xsi` if it is not encoded. */
interface WrittenFault {
  readonly header: string;
  readonly body: string;
}

/** Declarations of prefixes that stand where they are used: some clients cut a part out of its envelope before they read it. */
interface Prefixes {
  /** Of the target namespace, for SOAP 1.2's subcodes: CXF. */
  readonly target: string;
  /** Of the target namespace and of types, for an encoded detail: .NET. */
  readonly types: string;
}

/** Writes a fault in the version of the request (SOAP 1.1 §4.4, SOAP 1.2 part 1 §5.4). */
export function writeFault(
  fault: Fault,
  fn: AnyFunction | undefined,
  note: SoapNote,
  requestId: string,
  prefixes: Prefixes,
): WrittenFault {
  const envelope = envelopes[note.version];
  const side = sideOf(fault, note);
  // Nothing of the body was processed then, so that SOAP 1.1 §4.4 forbids a detail.
  const ofHeader = side === 'version-mismatch' || side === 'must-understand';
  const what = ofHeader ? '' : detail(fault, fn, note, requestId);
  const text = escapeInUtf8(legal(fault.message));
  if (note.version === '1.1') {
    const code = `<faultcode>soap:${envelope.codes[side]}</faultcode><faultstring>${text}</faultstring>`;
    const style = note.style === 'encoded' ? ` soap:encodingStyle="${encodingNamespace}"${prefixes.types}` : '';
    return { header: '', body: `<soap:Fault>${code}${what && `<detail${style}>${what}</detail>`}</soap:Fault>` };
  }
  const subcode = ofHeader || side === 'encoding-unknown' ? '' : subcodeOf(fault, prefixes);
  const code = `<env:Code><env:Value>env:${envelope.codes[side]}</env:Value>${subcode}</env:Code>`;
  const reason = `<env:Reason><env:Text xml:lang="en">${text}</env:Text></env:Reason>`;
  const body = `<env:Fault>${code}${reason}${what && `<env:Detail>${what}</env:Detail>`}</env:Fault>`;
  return { header: faultHeader(side, note), body };
}

/** A subcode, a QName whose prefix is declared where it stands. */
function subcodeOf(fault: Fault, { target }: Prefixes): string {
  const rpc = fault.declared ? undefined : rpcSubcodes[codeOf(fault)];
  const [declaration, name] =
    rpc === undefined ? [target, `tns:${codeOf(fault)}`] : [` xmlns:rpc="${rpcNamespace}"`, rpc];
  return `<env:Subcode><env:Value${declaration}>${name}</env:Value></env:Subcode>`;
}

/** SOAP 1.2 part 1 §5.4.7 and §5.4.8. */
function faultHeader(side: Side, note: SoapNote): string {
  if (side === 'version-mismatch') {
    const supported = [envelopes['1.2'], envelopes['1.1']].map(supportedEnvelope).join('');
    return `<env:Upgrade>${supported}</env:Upgrade>`;
  }
  return side === 'must-understand' ? (note.notUnderstood ?? []).map(notUnderstood).join('') : '';
}

function supportedEnvelope({ namespace }: Envelope): string {
  return `<env:SupportedEnvelope qname="e:Envelope" xmlns:e="${namespace}"/>`;
}

function notUnderstood({ uri, local }: QName): string {
  const name = escapeAttribute(local);
  return uri === ''
    ? `<env:NotUnderstood qname="${name}"/>`
    : `<env:NotUnderstood qname="n:${name}" xmlns:n="${escapeAttribute(uri)}"/>`;
}
