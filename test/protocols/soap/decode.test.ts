import { expect } from 'chai';
import { all, counted } from './functions.ts';
import { infoset, readWith, textOf } from './infoset.ts';
import { answer, envelope11, envelope12, message11, message12, post, siteOf, soap12Type } from './messages.ts';

const site = siteOf(all);
const call = '<p:test_echo xmlns:p="urn:polywire"><text>wörld &amp; &#x41;</text></p:test_echo>';

/** The code of the fault that a message ends with; undefined if it was answered. */
function codeOf(body: string, headers: Record<string, string> = {}): string | undefined {
  return answer(site, post(body, headers)).fault?.code;
}

describe('soap/decode', () => {
  it('answers in the version of the envelope, and with its own content type', () => {
    const old = answer(site, post(message11(call)));
    expect(old.status).to.equal(200);
    expect(old.headers['Content-Type']).to.equal('text/xml; charset=utf-8');
    expect(infoset(old.text).name).to.equal(`{${envelope11}}Envelope`);
    expect(textOf(old.text, 'result')).to.equal('wörld & A');
    const other = answer(site, post(message12(call), soap12Type));
    expect(other.headers['Content-Type']).to.equal('application/soap+xml; charset=utf-8');
    expect(infoset(other.text).name).to.equal(`{${envelope12}}Envelope`);
    expect(textOf(other.text, 'result')).to.equal('wörld & A');
  });

  it('lets the envelope decide, not the content type', () => {
    expect(answer(site, post(message12(call))).headers['Content-Type']).to.equal('application/soap+xml; charset=utf-8');
    expect(answer(site, post(message11(call), soap12Type)).headers['Content-Type']).to.equal('text/xml; charset=utf-8');
    expect(codeOf(message11(call), { 'content-type': 'application/xml' })).to.equal(undefined);
    expect(
      codeOf(message12(call), { 'content-type': 'application/soap+xml; action="urn:a; charset=x"; charset="UTF-8"' }),
    ).to.equal(undefined);
  });

  it('refuses other media types as 415 in the version of the content type', () => {
    for (const type of ['text/plain', 'application/json', 'multipart/related; type="text/xml"', '']) {
      const refused = answer(site, post(message11(call), { 'content-type': type }));
      expect(refused.fault?.code, type).to.equal('unsupported-media-type');
      expect(refused.status).to.equal(415);
    }
  });

  it('writes the answer that DESIGN has', () => {
    const { text } = answer(site, post(message11(call)));
    expect(text).to.equal(
      `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${envelope11}"><soap:Body>` +
        '<tns:test_echoResponse xmlns:tns="urn:polywire"><result>w&#246;rld &amp; A</result></tns:test_echoResponse></soap:Body></soap:Envelope>',
    );
  });

  it('reads the charset of the content type and of the declaration', () => {
    const latin = Buffer.from(message11(call), 'latin1');
    expect(
      textOf(answer(site, post(latin, { 'content-type': 'text/xml; charset=iso-8859-1' })).text, 'result'),
    ).to.equal('wörld & A');
    expect(codeOf(message11(call), { 'content-type': 'text/xml; charset=utf-7' })).to.equal('unsupported-encoding');
    expect(answer(site, post(latin)).fault?.code).to.equal('invalid-encoding');
    const wide = Buffer.from(`\ufeff${message11(call)}`, 'utf16le');
    expect(textOf(answer(site, post(wide, { 'content-type': 'text/xml' })).text, 'result')).to.equal('wörld & A');
  });

  it('takes the function from the body, by either name, whatever SOAPAction says', () => {
    for (const action of ['"urn:polywire#test_count"', 'test_count', '""', '']) {
      const told = answer(site, post(message11(call), { soapaction: action }));
      expect(textOf(told.text, 'result'), action).to.equal('wörld & A');
    }
    expect(codeOf(message11(call.replaceAll('test_echo', 'test.echo')))).to.equal(undefined);
    expect(codeOf(message11('<p:__proto__ xmlns:p="urn:polywire"/>'))).to.equal('unknown-function');
    expect(codeOf(message11('<p:constructor xmlns:p="urn:polywire"/>'))).to.equal('unknown-function');
  });

  it('tells another version from no SOAP at all', () => {
    const mismatch = answer(site, post(message12(call).replace(envelope12, 'http://example.org/soap-9'), soap12Type));
    expect(mismatch.fault?.code).to.equal('version-mismatch');
    expect(mismatch.status).to.equal(500);
    const header = readWith(mismatch.text)['env:Envelope']['env:Header']['env:Upgrade']['env:SupportedEnvelope'];
    expect(header.map((one: Record<string, string>) => one['@_xmlns:e'])).to.deep.equal([envelope12, envelope11]);
    expect(readWith(mismatch.text)['env:Envelope']['env:Body']['env:Fault']['env:Code']['env:Value']).to.equal(
      'env:VersionMismatch',
    );
    const old = answer(site, post('<Envelope><Body/></Envelope>'));
    expect(readWith(old.text)['soap:Envelope']['soap:Body']['soap:Fault'].faultcode).to.equal('soap:VersionMismatch');
    expect(old.text).not.to.include('detail');
    expect(codeOf('<methodCall/>')).to.equal('invalid-request');
    expect(codeOf('')).to.equal('malformed');
    expect(codeOf(`<E:envelope xmlns:E="${envelope11}"/>`)).to.equal('invalid-request');
  });

  it('answers an empty body by an empty body', () => {
    const empty = answer(site, post(message12('  <!-- nothing -->\n'), soap12Type));
    expect(empty.status).to.equal(200);
    expect(infoset(empty.text).children).to.have.length(1);
    expect(infoset(empty.text).children[0]?.children).to.have.length(0);
    expect(codeOf(message11('').replace('<E:Body></E:Body>', '<E:Body/>'))).to.equal(undefined);
  });

  it('refuses operations outside the target namespace', () => {
    expect(codeOf(message11('<test_echo><text>a</text></test_echo>'))).to.equal('invalid-request');
    expect(codeOf(message11('<p:test_echo xmlns:p="urn:other"><text>a</text></p:test_echo>'))).to.equal(
      'invalid-request',
    );
    expect(answer(siteOf(all, { namespace: 'urn:other' }), post(message11(call))).fault?.message).to.include(
      'expected is urn:other',
    );
  });

  it('refuses what the envelope must not be, and runs nothing then', () => {
    const counting = '<p:test_count xmlns:p="urn:polywire"/>';
    const good = message11(counting);
    const hostile: Readonly<Record<string, string>> = {
      'two operations': message11(counting + counting),
      'an element of another kind after the operation': message11(`${counting}<other/>`),
      'text after the operation': message11(`${counting}text`),
      'two bodies': good.replace('</E:Envelope>', `<E:Body>${counting}</E:Body></E:Envelope>`),
      'a header after the body': good.replace('</E:Envelope>', '<E:Header/></E:Envelope>'),
      'two headers': message11(counting, '').replace('<E:Body>', '<E:Header/><E:Header/><E:Body>'),
      'anything after the body': good.replace('</E:Envelope>', '<x/></E:Envelope>'),
      'no body': `<E:Envelope xmlns:E="${envelope11}"/>`,
      'a header only': `<E:Envelope xmlns:E="${envelope11}"><E:Header/></E:Envelope>`,
      'a body of the other version': good
        .replace('<E:Body>', `<B:Body xmlns:B="${envelope12}">`)
        .replace('</E:Body>', '</B:Body>'),
      'an unqualified body': good.replaceAll('E:Body', 'Body'),
      'an instruction before': `<?go now?>${good}`,
      'an instruction inside': message11(`<?go now?>${counting}`),
      'an instruction after': `${good}<?go now?>`,
    };
    counted.calls = 0;
    for (const [name, body] of Object.entries(hostile)) expect(codeOf(body), name).to.equal('invalid-request');
    expect(codeOf(`<!DOCTYPE x>${good}`)).to.equal('malformed');
    expect(codeOf(`${good}<x/>`)).to.equal('malformed');
    expect(codeOf(good.slice(0, -3))).to.equal('malformed');
    expect(counted.calls).to.equal(0);
    expect(codeOf(`${good} <!-- end -->\n`)).to.equal(undefined);
    expect(counted.calls).to.equal(1);
  });

  it('is not led astray by a body inside a header', () => {
    counted.calls = 0;
    const wrapped = `<w:Wrap xmlns:w="urn:w"><E:Body><p:test_count xmlns:p="urn:polywire"/></E:Body></w:Wrap>`;
    expect(textOf(answer(site, post(message11(call, wrapped))).text, 'result')).to.equal('wörld & A');
    expect(codeOf(message11(call, '<E:Body><p:test_count xmlns:p="urn:polywire"/></E:Body>'))).to.equal(undefined);
    expect(counted.calls).to.equal(0);
  });

  it('holds SOAP 1.2 to its rules on attributes', () => {
    const good = message12(call, '');
    for (const part of ['Envelope', 'Body']) {
      expect(codeOf(good.replace(`<E:${part}`, `<E:${part} a="1"`)), part).to.equal('invalid-request');
      expect(codeOf(good.replace(`<E:${part}`, `<E:${part} E:encodingStyle="urn:x"`)), part).to.equal(
        'invalid-request',
      );
      expect(codeOf(good.replace(`<E:${part}`, `<E:${part} xmlns:q="urn:q" q:a="1"`)), part).to.equal(undefined);
      expect(codeOf(message11(call).replace(`<E:${part}`, `<E:${part} a="1"`)), part).to.equal(undefined);
    }
    expect(codeOf(good.replace('<E:Body', '<E:Header a="1"/><E:Body'))).to.equal('invalid-request');
  });

  it('offers rpc/encoded in SOAP 1.1 only, and knows no other encoding', () => {
    const style = 'E:encodingStyle="http://www.w3.org/2003/05/soap-encoding"';
    const refused = answer(site, post(message12(call.replace(' xmlns:p', ` ${style} xmlns:p`)), soap12Type));
    expect(refused.status).to.equal(500);
    expect(readWith(refused.text)['env:Envelope']['env:Body']['env:Fault']['env:Code']['env:Value']).to.equal(
      'env:DataEncodingUnknown',
    );
    expect(
      codeOf(message12(call.replace(' xmlns:p', ` E:encodingStyle="${envelope12}/encoding/none" xmlns:p`))),
    ).to.equal(undefined);
    expect(codeOf(message11(call).replace('<E:Body', '<E:Body E:encodingStyle="urn:mine"'))).to.equal(
      'invalid-request',
    );
    expect(codeOf(message11(call).replace('<E:Body', '<E:Body E:encodingStyle=""'))).to.equal(undefined);
  });

  it('tells the limits of XML as faults', () => {
    const small = siteOf(all, { limits: { xmlDepth: 5, xmlChildren: 3 } });
    const deep = message11(`<p:test_echo xmlns:p="urn:polywire">${'<a>'.repeat(9)}${'</a>'.repeat(9)}</p:test_echo>`);
    const told = answer(small, post(deep));
    expect(told.fault?.code).to.equal('too-large');
    expect(told.status).to.equal(500);
    expect(
      answer(small, post(message11(`<p:test_echo xmlns:p="urn:polywire">${'<a/>'.repeat(9)}</p:test_echo>`))).fault
        ?.code,
    ).to.equal('too-large');
  });

  it('is total: whatever bytes come, there is an answer', () => {
    const good = message11(call, '<h:H xmlns:h="urn:h"/>');
    for (let i = 0; i < good.length; i++) {
      expect(answer(site, post(good.slice(0, i))).text).to.include('Fault>');
      const bent = `${good.slice(0, i)}<${good.slice(i + 1)}`;
      expect(answer(site, post(bent)).status).to.be.oneOf([200, 500]);
    }
  });
});
