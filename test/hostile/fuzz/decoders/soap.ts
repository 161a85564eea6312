import { expect } from 'chai';
import fc from 'fast-check';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol, WireRequest } from '../../../../lib/protocol.ts';
import { soap } from '../../../../protocols/soap/index.ts';
import { readXml } from '../../../conformance/infoset.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { fuzzSite, seizure, whole } from '../every-kind.ts';
import { exchanged, expectExchange, wireRequest } from '../exchange.ts';
import type { Piece } from '../piece.ts';
import { shots, texts } from '../shots.ts';
import { everythings } from '../values.ts';
import { xml, xmlPiece } from '../xml-language.ts';

const protocol = soap as Protocol;
const site = fuzzSite();

const envelope11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const encoding11 = 'http://schemas.xmlsoap.org/soap/encoding/';
const spaces =
  'xmlns:w="urn:polywire" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
  `xmlns:enc="${encoding11}" xmlns:apache="http://xml.apache.org/xml-soap"`;
const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity';

/** The forms of SOAP that a message may have. */
const forms = {
  '11': { namespace: envelope11, style: '', type: 'text/xml; charset=utf-8' },
  '12': { namespace: 'http://www.w3.org/2003/05/soap-envelope', style: '', type: 'application/soap+xml' },
  encoded: { namespace: envelope11, style: ` s:encodingStyle="${encoding11}"`, type: 'text/xml' },
} as const;
type Form = keyof typeof forms;

function message(form: Form, operation: string, content: string, header = ''): string {
  const { namespace, style } = forms[form];
  const head = header === '' ? '' : `<s:Header>${header}</s:Header>`;
  const body = `<s:Body><w:${operation}>${content}</w:${operation}></s:Body>`;
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespace}" ${spaces}${style}>${head}${body}</s:Envelope>`;
}

/** A value as the `result` element. */
function written(form: Form, value: unknown): string {
  const text = joinText(
    soap.write(whole, value, { version: '1.1', style: form === 'encoded' ? 'encoded' : 'literal' }),
  );
  return text.replaceAll('tns:', 'w:').replaceAll('soapenc:', 'enc:');
}

const security =
  `<wsse:Security xmlns:wsse="${oasis}-secext-1.0.xsd" xmlns:wsu="${oasis}-utility-1.0.xsd" s:mustUnderstand="1">` +
  '<wsu:Timestamp><wsu:Created>2026-01-01T00:00:00Z</wsu:Created><wsu:Expires>2126-01-01T00:00:00Z</wsu:Expires></wsu:Timestamp>' +
  '<wsse:UsernameToken><wsse:Username>ana</wsse:Username><wsse:Password>secret</wsse:Password>' +
  '<wsse:Nonce>AAECAw==</wsse:Nonce><wsu:Created>2026-01-01T00:00:00Z</wsu:Created></wsse:UsernameToken></wsse:Security>';

function seeds(form: Form): readonly Piece[] {
  const some = form === 'encoded' ? everythings.slice(20) : everythings;
  return some.map((value, i) => {
    const result = written(form, value);
    const members = result.replace(/^<result[^>]*>|<\/result>$/g, '');
    const header = i % 7 === 0 ? security : '';
    const text =
      i % 2 === 0 ? message(form, 'fuzz_whole', result, header) : message(form, 'fuzz_fields', members, header);
    return xmlPiece(text);
  });
}

/** Values that are said once and referred to, as Axis and PHP do (SOAP 1.1 §5.4.1). */
const references = [
  message(
    'encoded',
    'fuzz_fields',
    '<grid href="#i1"/><object href="#i2"/><maps><entry><key>a</key><value enc:arrayType="w:Inner[1]"><item href="#i2"/></value></entry></maps>',
  ).replace(
    '</s:Body>',
    '<m id="i1" enc:arrayType="xsd:int[2,2]"><item>1</item><item>2</item><item>3</item><item>4</item></m><m id="i2"><n>1</n></m></s:Body>',
  ),
  message(
    'encoded',
    'fuzz_fields',
    '<map xsi:type="apache:Map"><item><key xsi:type="xsd:string">k</key><value xsi:type="xsd:int">1</value></item></map>',
  ),
].map(xmlPiece);

function requestOf({ bytes, type }: Shot): WireRequest {
  return wireRequest({ path: '/soap', headers: { 'content-type': type }, body: Buffer.from(bytes, 'latin1') });
}

function exchange(shot: Shot) {
  return exchanged(protocol, site, requestOf(shot));
}

/** What was taken comes back equal when it is written and sent again, in the same form. */
function expectRoundTrip(form: Form, value: unknown): void {
  const bytes = Buffer.from(message(form, 'fuzz_whole', written(form, value))).toString('latin1');
  const { outcomes } = exchange({ bytes, type: forms[form].type });
  expect(
    outcomes.map(({ ok }) => ok),
    bytes,
  ).to.deep.equal([true]);
  expect(seizure.params).to.deep.equal(value);
}

/** A decoder of one form of SOAP. */
function soapDecoder(name: string, form: Form): Decoder {
  const all = form === 'encoded' ? [...seeds(form), ...references, ...references] : seeds(form);
  return {
    name,
    shots: shots(texts(all, xml), [forms[form].type, 'text/xml', 'text/xml; charset=iso-8859-1', 'text/plain']),
    act: exchange,
    check: (shot) => {
      const done = exchange(shot);
      const verdict = expectExchange(done, shot.bytes.length);
      expect(readXml(done.body).name).to.match(/Envelope$/);
      if (seizure.params !== undefined) expectRoundTrip(form, seizure.params);
      return verdict;
    },
    tokens: xml.tokens,
    most: 131_072,
  };
}

export const soap11Decoder = soapDecoder('soap-1.1', '11');
export const soap12Decoder = soapDecoder('soap-1.2', '12');
export const encodedDecoder = soapDecoder('soap-encoded', 'encoded');

const securitySeeds = ['11', '12'].map((form) => xmlPiece(message(form as Form, 'nothing', '', security)));

/** WS-Security: credentials are texts or are not there. */
export const securityDecoder: Decoder = {
  name: 'ws-security',
  shots: shots(fc.oneof(texts(securitySeeds, xml)), ['text/xml', 'application/soap+xml']),
  act: exchange,
  check: (shot) => {
    const verdict = expectExchange(exchange(shot), shot.bytes.length);
    for (const call of protocol.decode(requestOf(shot), site).calls) {
      if (call instanceof Error || call.credentials === undefined) continue;
      const { username, password, digest, ...more } = call.credentials;
      expect([typeof username, typeof password]).to.deep.equal(['string', 'string']);
      if (digest !== undefined)
        expect([typeof digest.nonce, typeof digest.created]).to.deep.equal(['string', 'string']);
      expect(more).to.deep.equal({});
    }
    return verdict;
  },
  tokens: xml.tokens,
  most: 131_072,
};
