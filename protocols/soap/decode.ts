import type { AnyFunction } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Call, Decoded, RequestHead, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { beginAgain } from '../xml/again.ts';
import { scanXml } from '../xml/decode.ts';
import { locate, shown } from '../xml/failure.ts';
import { xmlLimits } from '../xml/limits.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { readEncodedParams } from './encoded.ts';
import { type Envelope, envelopeOf, type SoapNote, type SoapStyle } from './envelope.ts';
import { type Headers, noHeaders, readHeaders } from './headers.ts';
import { mediaTypeOf, soapMediaType } from './media-type.ts';
import { paramsReader } from './read.ts';
import { serviceOf } from './service.ts';

/** The note for a refusal before an envelope was seen: the version is that of the Content-Type. */
export function blank(head: RequestHead): SoapNote {
  const soap12 = mediaTypeOf(head.headers['content-type']).name === 'application/soap+xml';
  return { version: soap12 ? '1.2' : '1.1', style: 'literal', early: true };
}

/**
 * Reads a message up to the start tag of its operation; the arguments are read after admission. The envelope says which
 * version it is, and the body alone which function is called: SOAPAction is not looked at (SOAP 1.1 §6.1.1: a hint).
 */
export function decode(request: WireRequest, site: Site): Decoded<SoapNote> {
  const before = blank(request);
  return guarded(before, () => {
    const { charset } = soapMediaType(request.headers['content-type']);
    const scanner = scanXml(request.body, charset, xmlLimits(site.settings.limits));
    const envelope = openEnvelope(scanner);
    const note: SoapNote = { version: envelope.version, style: 'literal' };
    return guarded(note, () => readMessage(scanner, envelope, note, request, site));
  });
}

/** Makes a Fault in reading part of the answer, with what is known of the message by then. */
function guarded(note: SoapNote, read: () => Decoded<SoapNote>): Decoded<SoapNote> {
  try {
    return read();
  } catch (reason) {
    if (reason instanceof Fault) return { calls: [reason], note };
    throw reason;
  }
}

/** SOAP 1.1 §4.1.2, SOAP 1.2 part 1 §5.1: an Envelope in a namespace that is not SOAP's is of another version. */
function openEnvelope(scanner: XmlScanner): Envelope {
  scanner.root();
  if (scanner.local !== 'Envelope') throw new Fault('invalid-request', 'The root element must be a SOAP Envelope');
  const envelope = envelopeOf(scanner.uri);
  if (envelope) return envelope;
  throw new Fault('version-mismatch', 'The Envelope is in no namespace of SOAP 1.1 or SOAP 1.2');
}

/** SOAP 1.1 §4, SOAP 1.2 part 1 §5: Header if any, then Body. */
function readMessage(
  scanner: XmlScanner,
  envelope: Envelope,
  note: SoapNote,
  request: WireRequest,
  site: Site,
): Decoded<SoapNote> {
  const outer = encodingStyle(scanner, envelope);
  let more = scanner.open();
  let headers = noHeaders;
  if (more && isPart(scanner, envelope, 'Header')) {
    encodingStyle(scanner, envelope);
    headers = readHeaders(scanner, envelope);
    more = scanner.open();
  }
  const { notUnderstood } = headers;
  if (notUnderstood.length > 0) {
    const names = notUnderstood.map(({ uri, local }) => `{${shown(uri)}}${shown(local)}`).join(', ');
    const fault = new Fault('must-understand', `Mandatory header blocks are not understood: ${names}`);
    return { calls: [fault], note: { ...note, notUnderstood } };
  }
  if (!more || !isPart(scanner, envelope, 'Body')) {
    throw new Fault('invalid-request', 'An Envelope holds at most one Header and then exactly one Body');
  }
  return readBody(scanner, {
    envelope,
    note,
    request,
    site,
    headers,
    style: encodingStyle(scanner, envelope) ?? outer,
  });
}

function isPart(scanner: XmlScanner, envelope: Envelope, local: string): boolean {
  return scanner.local === local && scanner.uri === envelope.namespace;
}

interface Context {
  readonly envelope: Envelope;
  readonly note: SoapNote;
  readonly request: WireRequest;
  readonly site: Site;
  readonly headers: Headers;
  /** The encodingStyle in scope at Body. */
  readonly style: string | undefined;
}

/** The Body just opened: nothing, or one operation. */
function readBody(scanner: XmlScanner, context: Context): Decoded<SoapNote> {
  const { envelope, note, site, request, headers } = context;
  if (!scanner.open()) {
    finish(scanner);
    return { calls: [], note };
  }
  const { namespace } = site.settings;
  if (scanner.uri !== namespace) {
    const found = scanner.uri === '' ? 'no namespace' : `the namespace ${shown(scanner.uri)}`;
    throw new Fault('invalid-request', `The operation is in ${found}; expected is ${namespace}`);
  }
  const style = styleOf(scanner.attribute(envelope.namespace, 'encodingStyle') ?? context.style, envelope);
  if (style === undefined) {
    const fault = new Fault('invalid-request', 'The encodingStyle of the message is not offered');
    return { calls: [fault], note: { ...note, encodingUnknown: true } };
  }
  const read = (fn: AnyFunction, issues: Issues) => {
    if (style === 'encoded') return locate(issues, () => readEncodedParams(fn, scanner, issues, site, finish));
    beginAgain(scanner, issues);
    const params = locate(issues, () => paramsReader(fn)(scanner, issues, site.settings)) as Record<string, unknown>;
    if (scanner.open()) throw new Fault('invalid-request', 'The Body holds more than one element');
    finish(scanner);
    return params;
  };
  let call: Call = { name: scanner.local, spelling: 'operation', size: request.body.length, read };
  const { credentials } = headers;
  if (credentials !== undefined) call = { ...call, credentials };
  const service = serviceOf(request);
  if (service !== undefined) call = { ...call, service };
  return { calls: [call], note: style === 'literal' ? note : { ...note, style } };
}

/** SOAP 1.1 §4.1.1: a list of encodings, more special ones first; SOAP 1.2 part 1 §5.1.1: one. */
function styleOf(value: string | undefined, envelope: Envelope): SoapStyle | undefined {
  if (value === undefined) return 'literal';
  const styles = value.split(/[ \t\r\n]+/);
  if (envelope.encoding !== undefined && styles.includes(envelope.encoding)) return 'encoded';
  return styles.every((style) => envelope.plain.includes(style)) ? 'literal' : undefined;
}

/** The encodingStyle of Envelope, Header or Body, and what SOAP 1.2 part 1 §5.1, §5.2 and §5.3 forbid there. */
function encodingStyle(scanner: XmlScanner, envelope: Envelope): string | undefined {
  if (scanner.attributeCount === 0) return undefined;
  const style = scanner.attribute(envelope.namespace, 'encodingStyle');
  if (!envelope.strict) return style;
  if (style !== undefined) throw new Fault('invalid-request', `${scanner.local} may not have encodingStyle`);
  for (let i = 0; i < scanner.attributeCount; i++) {
    if (scanner.attributeUri(i) !== '') continue;
    throw new Fault('invalid-request', `${scanner.local} may not have attributes without a namespace`);
  }
  return undefined;
}

/** After Body: nothing (WS-I BP 1.1 R1011, SOAP 1.2 part 1 §5.1); no processing instructions at all (R1009). */
function finish(scanner: XmlScanner): void {
  if (scanner.open()) throw new Fault('invalid-request', 'Nothing may follow Body');
  scanner.end();
  if (scanner.sawInstruction) throw new Fault('invalid-request', 'SOAP messages have no processing instructions');
}
