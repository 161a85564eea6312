import { expect } from 'chai';
import { Fault, faultCodes } from '../../../lib/fault.ts';
import type { SoapNote } from '../../../protocols/soap/envelope.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { all } from './functions.ts';
import { infoset, readWith } from './infoset.ts';
import { answer, message11, message12, messageEncoded, post, siteOf, soap12Type } from './messages.ts';

const site = siteOf(all);
const call = (how: string) => `<p:test_fails xmlns:p="urn:polywire"><how>${how}</how></p:test_fails>`;
const told = (how: string) =>
  readWith(answer(site, post(message11(call(how)))).text)['soap:Envelope']['soap:Body']['soap:Fault'];
const told12 = (body: string) =>
  readWith(answer(site, post(message12(body), soap12Type)).text)['env:Envelope']['env:Body']['env:Fault'];

function encoded(fault: Fault, note: SoapNote) {
  const { status, headers, body } = soap.encode([{ ok: false, fn: undefined, fault }], note, 'r-9', site);
  return { status, headers, text: body.toString() };
}

describe('soap/fault', () => {
  it("answers every code in both versions, as the caller's mistake or ours", () => {
    const ours = ['internal', 'invalid-result', 'unavailable', 'service-off', 'protocol-off', 'timeout'];
    const own: Readonly<Record<string, [string, string]>> = {
      'version-mismatch': ['VersionMismatch', 'VersionMismatch'],
      'must-understand': ['MustUnderstand', 'MustUnderstand'],
    };
    for (const code of faultCodes) {
      const [old, young] = own[code] ?? (ours.includes(code) ? ['Server', 'Receiver'] : ['Client', 'Sender']);
      const fault = new Fault(code, `This is ${code} <&>\u0000`);
      const first = encoded(fault, { version: '1.1', style: 'literal' });
      expect(first.status, code).to.equal(500);
      const fault11 = readWith(first.text)['soap:Envelope']['soap:Body']['soap:Fault'];
      expect(fault11.faultcode).to.equal(`soap:${old}`);
      expect(fault11.faultstring).to.equal(`This is ${code} <&>\ufffd`);
      const second = encoded(fault, { version: '1.2', style: 'literal' });
      expect(second.status, code).to.equal(young === 'Sender' ? 400 : 500);
      const fault12 = readWith(second.text)['env:Envelope']['env:Body']['env:Fault'];
      expect(fault12['env:Code']['env:Value']).to.equal(`env:${young}`);
      expect(fault12['env:Reason']['env:Text']).to.deep.include({ '@_xml:lang': 'en' });
      expect(infoset(first.text).children).to.have.length(1);
    }
  });

  it('has a status of its own only where no envelope was seen', () => {
    const statuses = {
      'method-not-allowed': 405,
      'too-large': 413,
      'unsupported-media-type': 415,
      misdirected: 421,
      malformed: 500,
    } as const;
    for (const [code, status] of Object.entries(statuses)) {
      const fault = new Fault(code as 'malformed', 'No');
      expect(encoded(fault, { version: '1.1', style: 'literal', early: true }).status, code).to.equal(status);
      expect(encoded(fault, { version: '1.1', style: 'literal' }).status, code).to.equal(500);
    }
    const allowed = encoded(new Fault('method-not-allowed', 'No', { allow: ['POST'] }), {
      version: '1.1',
      style: 'literal',
      early: true,
    });
    expect(allowed.headers['Allow']).to.equal('POST');
    const later = encoded(new Fault('rate-limited', 'Slowly', { retryAfter: 1.2 }), {
      version: '1.2',
      style: 'literal',
    });
    expect(later.headers['Retry-After']).to.equal('2');
    expect(later.text).to.include('<retryAfter>2</retryAfter>');
  });

  it('holds the error object as its one typed detail', () => {
    const fault = told('<b/>');
    expect(fault.faultcode).to.equal('soap:Client');
    const body = '<p:test_echo_all xmlns:p="urn:polywire"><value><small>x</small></value></p:test_echo_all>';
    const wrong = readWith(answer(site, post(message11(body))).text)['soap:Envelope']['soap:Body']['soap:Fault'];
    const object = wrong.detail['tns:PolywireFault'];
    expect(object).to.include({ code: 'invalid-params', requestId: 'r-1' });
    expect(object.issues.item[0]).to.include({ path: 'value/small', code: 'type' });
    expect(object.issues.item.length).to.be.greaterThan(5);
  });

  it('holds the data of declared errors, whatever characters are in it', () => {
    const fault = told('missing');
    expect(fault.faultcode).to.equal('soap:Client');
    expect(fault.faultstring).to.equal('No such user <here>');
    const object = fault.detail['tns:UserNotFoundFault'];
    expect(object.code).to.equal('user-not-found');
    expect(object.data).to.deep.equal({ value: 'an\ufffda & co', tries: { '@_xsi:nil': 'true' } });
    expect(told('paper').faultcode).to.equal('soap:Server');
    expect(told('paper').detail['tns:OutOfPaperFault'].message).to.equal('out of paper');
  });

  it('has subcodes in SOAP 1.2', () => {
    expect(told12('<p:nothing xmlns:p="urn:polywire"/>')['env:Code']['env:Subcode']['env:Value']['#text']).to.equal(
      'rpc:ProcedureNotPresent',
    );
    expect(told12('<p:test_echo xmlns:p="urn:polywire"/>')['env:Code']['env:Subcode']['env:Value']['#text']).to.equal(
      'rpc:BadArguments',
    );
    // CXF cuts the Fault out of its envelope before it reads this QName, so the prefix is declared beside it.
    expect(told12(call('missing'))['env:Code']['env:Subcode']['env:Value']).to.deep.equal({
      '#text': 'tns:user-not-found',
      '@_xmlns:tns': 'urn:polywire',
    });
    expect(told12(call('missing'))['env:Detail']['tns:UserNotFoundFault'].data.value).to.equal('an\ufffda & co');
    expect(told12(call('paper'))['env:Code']['env:Value']).to.equal('env:Receiver');
  });

  it('hides causes, and what is switched off', () => {
    const { text } = answer(site, post(message11(call('boom'))));
    expect(text)
      .to.include('soap:Server')
      .and.not.to.match(/secret|passwd|fault\.ts|at /);
    const off = siteOf(all, { enabledwsfunctions: ['test.echo'] });
    const answers = ['test_fails', 'test_nothing'].map(
      (name) => answer(off, post(message11(`<p:${name} xmlns:p="urn:polywire"/>`))).text,
    );
    expect(answers[0]).to.equal(answers[1]);
    const hidden = encoded(new Fault('function-off', 'There is no such function'), {
      version: '1.2',
      style: 'literal',
    });
    expect(hidden.text).to.include('rpc:ProcedureNotPresent').and.not.to.include('function-off');
  });

  it('tells results that cannot be written', () => {
    const fault = told('bad');
    expect(fault.faultcode).to.equal('soap:Server');
    expect(fault.detail['tns:PolywireFault'].code).to.equal('invalid-result');
  });

  it('types the detail where the message was encoded', () => {
    const { text } = answer(site, post(messageEncoded('<p:test_fails><how>missing</how></p:test_fails>')));
    expect(text).to.include('<tns:UserNotFoundFault xsi:type="tns:UserNotFoundFault">');
    expect(text).to.include('<value xsi:type="xsd:string">');
    infoset(text);
  });

  it('declares the prefixes of types on the detail itself, which clients read on its own', () => {
    const { text } = answer(site, post(messageEncoded('<p:test_fails><how>missing</how></p:test_fails>')));
    const [open = ''] = /<detail[^>]*>/.exec(text) ?? [];
    const prefixes = [...text.matchAll(/ (?:xsi:type|soapenc:arrayType)="(\w+):/g)].map(([, prefix]) => prefix);
    expect([...new Set(prefixes)]).to.have.members(['tns', 'xsd']);
    for (const prefix of [...prefixes, 'xsi', 'soapenc']) expect(open).to.include(` xmlns:${prefix}="`);
    expect(text.slice(0, text.indexOf(open))).not.to.include('xmlns:tns');
  });

  it('is in ASCII, with a namespace of any characters', () => {
    const odd = siteOf(all, { namespace: 'urn:ä&"' });
    const { text } = answer(odd, post(message11(call('x').replace('urn:polywire', 'urn:ä&amp;&quot;'))));
    expect(text).to.match(/^[\x20-\x7e]*$/);
    expect(infoset(text).name).to.include('Envelope');
    const fine = answer(odd, post(message11(call('nothing').replace('urn:polywire', 'urn:ä&amp;&quot;'))));
    expect(fine.status).to.equal(200);
    expect(infoset(fine.text).children[0]?.children[0]?.name).to.equal('{urn:ä&"}test_failsResponse');
  });
});
