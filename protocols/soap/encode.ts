import { type Text, wrapText } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { type Descriptor, unwrap } from '../../lib/descriptor.ts';
import type { Fault } from '../../lib/fault.ts';
import { faultHeaders } from '../../lib/fault-headers.ts';
import { operationName } from '../../lib/operation-name.ts';
import type { Outcome, WireResponse } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { responseName } from '../../wsdl/names.ts';
import { xmlBody } from '../xml/pieces.ts';
import { escapeAttribute, xmlDeclaration } from '../xml/write.ts';
import { encodingNamespace, envelopes, type SoapNote, xsdNamespace, xsiNamespace } from './envelope.ts';
import { faultStatus, writeFault } from './fault.ts';

/** For the names of types in rpc/encoded. */
const typeDeclarations = ` xmlns:xsd="${xsdNamespace}" xmlns:soapenc="${encodingNamespace}"`;

/** Puts the outcome of a message's one call into an envelope of the request's version; no call, an empty Body. */
export function encode(outcomes: readonly Outcome[], note: SoapNote, requestId: string, site: Site): WireResponse {
  const [outcome] = outcomes;
  if (outcome === undefined) return respond(200, note, envelopeText(note, '', '', ''));
  if (!outcome.ok) return encodeFault(outcome.fault, outcome.fn, note, requestId, site);
  const { start, end } = frameOf(outcome.fn, note, site.settings.namespace);
  return respond(200, note, wrapText(start, outcome.written, end));
}

function encodeFault(
  fault: Fault,
  fn: AnyFunction | undefined,
  note: SoapNote,
  requestId: string,
  site: Site,
): WireResponse {
  const target = ` xmlns:tns="${escapeAttribute(site.settings.namespace)}"`;
  const declarations = `${target} xmlns:xsi="${xsiNamespace}"`;
  const prefixes = { target, types: `${declarations}${typeDeclarations}` };
  const { header, body } = writeFault(fault, fn, note, requestId, prefixes);
  const text = envelopeText(note, note.style === 'encoded' ? '' : declarations, header, body);
  return respond(faultStatus(fault, note), note, text, faultHeaders(fault));
}

const contentTypes = {
  '1.1': `${envelopes['1.1'].mediaType}; charset=utf-8`,
  '1.2': `${envelopes['1.2'].mediaType}; charset=utf-8`,
} as const;

/** Everything is ASCII by now, or beyond the BMP (`protocols/xml/write.ts`). */
function respond(status: number, note: SoapNote, text: Text, more?: Readonly<Record<string, string>>): WireResponse {
  const headers = { 'Content-Type': contentTypes[note.version] };
  return { status, headers: more === undefined ? headers : { ...headers, ...more }, body: xmlBody(text) };
}

/** SOAP 1.1 §4, SOAP 1.2 part 1 §5. */
function envelopeText(note: SoapNote, declarations: string, header: string, body: string): string {
  const { prefix, namespace } = envelopes[note.version];
  const head = header === '' ? '' : `<${prefix}:Header>${header}</${prefix}:Header>`;
  return `${xmlDeclaration}<${prefix}:Envelope xmlns:${prefix}="${namespace}"${declarations}>${head}<${prefix}:Body>${body}</${prefix}:Body></${prefix}:Envelope>`;
}

/** What stands around the results of a function. */
interface Frame {
  readonly namespace: string;
  readonly start: string;
  readonly end: string;
}

type Frames = WeakMap<AnyFunction, Frame>;
const frames = { '1.1': new WeakMap(), '1.2': new WeakMap(), encoded: new WeakMap() } satisfies Record<string, Frames>;

function frameOf(fn: AnyFunction, note: SoapNote, namespace: string): Frame {
  const known: Frames = frames[note.style === 'encoded' ? 'encoded' : note.version];
  let frame = known.get(fn);
  if (frame === undefined || frame.namespace !== namespace) {
    frame = makeFrame(fn, note, namespace);
    known.set(fn, frame);
  }
  return frame;
}

/** The wrapper: WS-I BP 1.1 R2729 for its name; SOAP 1.1 §4.1.1 for the encodingStyle of rpc/encoded. */
function makeFrame(fn: AnyFunction, note: SoapNote, namespace: string): Frame {
  const encoded = note.style === 'encoded';
  const xsi = encoded || (fn.returns !== undefined && mayBeNil(fn.returns)) ? ` xmlns:xsi="${xsiNamespace}"` : '';
  const style = encoded ? ` ${envelopes[note.version].prefix}:encodingStyle="${encodingNamespace}"` : '';
  const name = `tns:${responseName(operationName(fn.name))}`;
  const declarations = `${xsi}${encoded ? typeDeclarations : ''}`;
  const wrapper = `<${name} xmlns:tns="${escapeAttribute(namespace)}"${style}>`;
  const text = envelopeText(note, declarations, '', `${wrapper}</${name}>`);
  const middle = text.indexOf(wrapper) + wrapper.length;
  return { namespace, start: text.slice(0, middle), end: text.slice(middle) };
}

/** Whether xsi:nil can occur in a value. */
function mayBeNil(descriptor: Descriptor): boolean {
  const { core, nullable } = unwrap(descriptor);
  if (nullable) return true;
  switch (core.kind) {
    case 'list':
      return mayBeNil(core.item);
    case 'map':
      return mayBeNil(core.value);
    case 'object':
      return Object.values(core.fields).some(mayBeNil);
    default:
      return false;
  }
}
