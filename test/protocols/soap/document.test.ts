import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import type { WireResponse } from '../../../lib/protocol.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { all, echo } from './functions.ts';
import { infoset } from './infoset.ts';
import { post, siteOf } from './messages.ts';

const site = siteOf(all);

function answer(query: string, on = site, origin = 'http://localhost:8080'): WireResponse | undefined {
  const found = soap.document?.({ ...post(''), method: 'GET', query, origin }, on);
  if (found instanceof Fault) throw found;
  return found;
}

const get = (...asked: Parameters<typeof answer>): string | undefined => answer(...asked)?.body.toString();

describe('soap/document', () => {
  it('serves three documents', () => {
    const texts = ['wsdl', 'wsdl=1.2', 'wsdl=encoded'].map((query) => get(query));
    for (const text of texts)
      expect(infoset(text ?? '').name).to.equal('{http://schemas.xmlsoap.org/wsdl/}definitions');
    expect(new Set(texts).size).to.equal(3);
    expect(get('WSDL')).to.equal(texts[0]);
    expect(get('a=1&wsdl=')).to.equal(texts[0]);
    expect(get('wsdl=1.1')).to.equal(texts[0]);
  });

  it('serves the schema alone', () => {
    const text = get('xsd') ?? '';
    expect(infoset(text).name).to.equal('{http://www.w3.org/2001/XMLSchema}schema');
    expect(get('a=1&XSD=')).to.equal(text);
    const one = siteOf(all, { enabledwsfunctions: [echo.name] });
    expect(get('xsd', one)).to.include('test_echo').and.not.to.include('test_fails');
    const inside = (get('wsdl') ?? '').match(/<xsd:schema.*<\/xsd:schema>/s)?.[0].replaceAll(/\s+/g, '');
    const alone = text
      .match(/<xsd:schema.*<\/xsd:schema>/s)?.[0]
      .replace(/ xmlns:\w+="[^"]*"/g, '')
      .replaceAll(/\s+/g, '');
    expect(alone, 'is the one inside of the WSDL').to.equal(inside);
  });

  it('serves nothing else, and says which documents there are', () => {
    for (const query of ['wsdl=2.0', 'wsdl=foo', 'xsd=1', 'xsd=encoded', 'wsdl=__proto__', 'wsdl=constructor']) {
      const refused = () => get(query);
      expect(refused, query).to.throw(Fault, '?wsdl (SOAP 1.1), ?wsdl=1.2, ?wsdl=encoded and ?xsd');
      expect(refused, query).to.throw(Fault).that.includes({ code: 'unknown-function' });
    }
    for (const query of ['', '%', 'wsdl%00', 'a=wsdl']) expect(get(query), query).to.equal(undefined);
  });

  it('is private and typed', () => {
    expect(answer('wsdl')?.headers).to.deep.equal({
      'Content-Type': 'text/xml; charset=utf-8',
      'Cache-Control': 'private',
    });
  });

  it('names the public address, or else an allowed one', () => {
    expect(get('wsdl')).to.include('location="http://localhost:8080/soap"');
    expect(get('wsdl', site, 'https://other.example')).to.include('location="https://other.example/soap"');
    const known = siteOf(all, { publicUrl: 'https://api.example.org/v1/' });
    expect(get('wsdl', known)).to.include('location="https://api.example.org/v1/soap"');
  });

  it('names the first allowed host to callers by HTTP/1.0 who name none', () => {
    const allowedHosts = ['api.example.org:8443', 'www.example.org'];
    expect(get('wsdl', siteOf(all, { allowedHosts }), '')).to.include('location="https://api.example.org:8443/soap"');
    const plain = siteOf(all, { allowedHosts, httpsRequired: false });
    expect(get('wsdl=1.2', plain, '')).to.include('location="http://api.example.org:8443/soap"');
    const known = siteOf(all, { allowedHosts, publicUrl: 'https://public.example/v1/' });
    expect(get('wsdl', known, '')).to.include('location="https://public.example/v1/soap"');
  });

  it('is refused where there is no address to name: a relative one leads stubs nowhere', () => {
    for (const query of ['wsdl', 'wsdl=1.2', 'wsdl=encoded'])
      expect(() => get(query, site, ''), query)
        .to.throw(Fault, 'Host')
        .that.includes({ code: 'misdirected', gate: 'host' });
    expect(get('xsd', site, ''), 'names no address').to.equal(get('xsd'));
  });

  it('shows what is on', () => {
    const one = siteOf(all, { enabledwsfunctions: [echo.name] });
    expect(get('wsdl', one)).to.include('test_echo').and.not.to.include('test_fails');
    expect(get('wsdl', site)).to.include('test_fails');
  });
});
