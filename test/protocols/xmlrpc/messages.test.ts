import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { Fault } from '../../../lib/fault.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { array, faultOf, methodCall, post, readCall, siteOf, struct, taking } from './calls.ts';

const site = siteOf([]);

function decoded(body: string | Uint8Array, contentType?: string): Fault | string {
  const { calls } = xmlrpc.decode(post(body, contentType), site);
  expect(calls).to.have.length(1);
  const [call] = calls;
  return call instanceof Fault ? call : String(call?.name);
}

const params = (content: string) => `<methodCall><methodName>f</methodName><params>${content}</params></methodCall>`;
const value = (content: string) => params(`<param><value>${content}</value></param>`);

describe('An XML-RPC message', () => {
  it('names its function', () => {
    expect(decoded(methodCall('a.B_1:c/d'))).to.equal('a.B_1:c/d');
    expect(decoded('<methodCall>\n <methodName>f</methodName>\n</methodCall>\n')).to.equal('f');
    expect(decoded('<methodCall><methodName><![CDATA[f]]></methodName></methodCall>')).to.equal('f');
  });

  it('tells its size, for the limits of functions', () => {
    const [call] = xmlrpc.decode(post(methodCall('f')), site).calls;
    expect(call).to.have.property('size', Buffer.byteLength(methodCall('f')));
  });

  it('leaves its parameters unread until it is admitted', () => {
    expect(decoded('<methodCall><methodName>f</methodName><params><param><broken>')).to.equal('f');
  });

  for (const body of [
    '<methodResponse/>',
    '<methodCall/>',
    '<methodCall></methodCall>',
    '<methodCall xmlns="urn:x"><methodName>f</methodName></methodCall>',
    '<x:methodCall xmlns:x="urn:x"><methodName>f</methodName></x:methodCall>',
    '<methodCall><params/></methodCall>',
    '<methodCall>f</methodCall>',
    '<methodCall><methodName/></methodCall>',
    '<methodCall><methodName> f</methodName></methodCall>',
    '<methodCall><methodName>f&#0048;é</methodName></methodCall>',
    '<methodCall><methodName><b>f</b></methodName></methodCall>',
    '<methodCall><methodName>f</methodName><param/></methodCall>',
    '<methodCall><methodName>f</methodName>text</methodCall>',
    '<methodCall><methodName>f</methodName><params xmlns="urn:x"/></methodCall>',
  ]) {
    it(`is refused as invalid: ${body}`, () => expect(decoded(body)).to.include({ code: 'invalid-request' }));
  }

  for (const body of ['', ' ', 'x', '{}', '<methodCall', '<methodCall>', '<a></b>', '<!DOCTYPE a><methodCall/>']) {
    it(`is refused as malformed: ${body}`, () => expect(decoded(body)).to.include({ code: 'malformed' }));
  }

  it('is XML by its Content-Type, or has none', () => {
    const types = ['text/xml', 'application/xml', 'TEXT/XML; charset=utf-8', 'text/xml ;charset="UTF-8"; x=y'];
    for (const type of types) expect(decoded(methodCall('f'), type)).to.equal('f');
    const { calls } = xmlrpc.decode({ ...post(methodCall('f')), headers: {} }, site);
    expect(calls[0]).to.have.property('name', 'f');
    for (const type of ['text/plain', 'application/json', 'text/xmlx', 'text/xml2;', '', 'application/soap+xml']) {
      expect(decoded(methodCall('f'), type)).to.include({ code: 'unsupported-media-type' });
    }
  });
});

describe('XML-RPC arguments that are no such thing', () => {
  const fn = taking({
    s: t.optional(t.string()),
    l: t.optional(t.list(t.string())),
    o: t.optional(t.object('O', { a: t.optional(t.int()) })),
    j: t.optional(t.json()),
  });
  const any = taking({ j: t.json() });
  const read = (body: string, of = fn) => faultOf(() => readCall(of, body));

  for (const content of [
    '<value/>',
    'text',
    '<param/>',
    '<param></param>',
    '<param>text</param>',
    '<param><string>x</string></param>',
    '<param><value/><value/></param>',
    '<param><value><string>a</string><string>b</string></value></param>',
    '<param><value><string>a</string>b</value></param>',
    '<param><value>a<string>b</string></value></param>',
    '<param><value><string>a<b/></string></value></param>',
    '<param xmlns="urn:x"><value>a</value></param>',
    '<param><value xmlns="urn:x">a</value></param>',
    '<param><value>a</value></param>text',
    '<param><value>a</value></param><other/>',
  ]) {
    it(`are refused: ${content}`, () => expect(read(params(content))).to.include({ code: 'invalid-request' }));
  }

  for (const content of [
    '<array/>',
    '<array></array>',
    '<array><value>a</value></array>',
    '<array><data><string>a</string></data></array>',
    '<array><data>text</data></array>',
    '<array><data/><data/></array>',
    '<array><data><value>a</value>b</data></array>',
    '<array><data><value>a</value></data><value/></array>',
    '<struct>text</struct>',
    '<struct><member/></struct>',
    '<struct><member></member></struct>',
    '<struct><member><name>a</name></member></struct>',
    '<struct><member><value>a</value></member></struct>',
    '<struct><member><value>a</value><name>a</name></member></struct>',
    '<struct><member><name>a</name><name>b</name><value/></member></struct>',
    '<struct><member><name>a</name><value/><value/></member></struct>',
    '<struct><member><name><b/></name><value/></member></struct>',
    '<struct><name>a</name><value>a</value></struct>',
    '<struct><member><name>a</name><value/></member>x</struct>',
    '<nil>x</nil>',
  ]) {
    it(`are refused: ${content}`, () => {
      expect(read(value(content), any)).to.include({ code: 'invalid-request' });
      const [type = ''] = /^<\w+/.exec(content) ?? [];
      const list = '<param><value><array><data/></array></value></param>';
      const place = type === '<array' ? '<param><value/></param>' : `<param><value/></param>${list}`;
      if (type !== '<nil') {
        expect(read(params(`${place}<param><value>${content}</value></param>`))).to.include({
          code: 'invalid-request',
        });
      }
    });
  }

  it('say where they break', () => {
    const body = value(array(struct(['x', '<array/>'])));
    expect(read(body, any).message).to.equal('A data element is missing, in j/0/x');
  });

  for (const tail of ['</params></methodCall><x/>', '</params></methodCall>x', '</params></method>', '</params>', '']) {
    it(`are malformed with such an end: ${tail}`, () => {
      const body = `<methodCall><methodName>f</methodName><params><param><value/></param>${tail}`;
      expect(read(body)).to.include({ code: 'malformed' });
    });
  }

  it('are invalid where something follows them', () => {
    const body = '<methodCall><methodName>f</methodName><params/><params/></methodCall>';
    expect(read(body)).to.include({ code: 'invalid-request' });
    expect(read('<methodCall><methodName>f</methodName></methodCall><x/>')).to.include({ code: 'malformed' });
  });

  it('are too deep or too many', () => {
    expect(read(value('<array><data><value>'.repeat(60)), any)).to.include({ code: 'too-large' });
    const wide = value(`<array><data>${'<value/>'.repeat(50_001)}</data></array>`);
    expect(faultOf(() => readCall(any, wide, { limits: { list: 1_000_000 } }))).to.include({ code: 'too-large' });
  });

  it('may have comments, instructions, attributes and white space between elements', () => {
    const body =
      '<?xml version="1.0"?><!-- c --><methodCall a="b"> <methodName>f</methodName><?p i?> <params> <param> <!-- c --> <value> ' +
      '<struct> <member> <name>o</name> <value x="y"> <struct> <member ><name >a</name > <value><int >1</int ></value ></member></struct> </value> </member> ' +
      '</struct> </value> </param> </params> </methodCall> <!-- end -->';
    expect(readCall(fn, body)).to.deep.equal({ params: { o: { a: 1 } }, issues: [] });
  });
});

describe('XML-RPC messages in encodings', () => {
  const text = 'Grüße';
  const echo = taking({ p: t.string() });
  const declare = (label: string) =>
    `<?xml version="1.0" encoding="${label}"?><methodCall><methodName>f</methodName><params><param><value>${text}</value></param></params></methodCall>`;
  const plain = declare('utf-8').replace(/^<\?[^>]*>/, '');
  const big = (body: string) => Buffer.from(body, 'utf16le').swap16();
  const read = (body: Uint8Array, contentType?: string) => {
    const [call] = xmlrpc.decode(post(body, contentType), site).calls;
    if (call === undefined || call instanceof Fault) return call?.code;
    const issues = { enter: () => {}, leave: () => {}, add: () => 'issue' };
    return call.read(echo, issues as never)['p'];
  };
  const cases: readonly (readonly [what: string, body: Uint8Array, contentType: string | undefined])[] = [
    ['UTF-8 by default', Buffer.from(plain), undefined],
    ['UTF-8 by declaration', Buffer.from(declare('UTF-8')), undefined],
    ['UTF-8 by mark', Buffer.from(`\u{feff}${plain}`), undefined],
    ['ISO-8859-1 by declaration', Buffer.from(declare('ISO-8859-1'), 'latin1'), undefined],
    ['ISO-8859-1 by Content-Type', Buffer.from(plain, 'latin1'), 'text/xml; charset="iso-8859-1"'],
    ['UTF-16 by mark, little end first', Buffer.from(`\u{feff}${declare('UTF-16')}`, 'utf16le'), undefined],
    ['UTF-16 by mark, big end first', big(`\u{feff}${declare('UTF-16')}`), undefined],
    ['UTF-16 by declaration', Buffer.from(declare('UTF-16'), 'utf16le'), undefined],
  ];
  for (const [what, body, contentType] of cases) it(what, () => expect(read(body, contentType)).to.equal(text));

  it('are refused if unsupported or wrong', () => {
    expect(read(Buffer.from(declare('EBCDIC')))).to.equal('unsupported-encoding');
    expect(read(Buffer.from(plain), 'text/xml; charset=shift_jis')).to.equal('unsupported-encoding');
    expect(read(Buffer.from(plain, 'latin1'))).to.equal('invalid-encoding');
    expect(read(Buffer.from([0x3c, 0xc0, 0x80]))).to.equal('invalid-encoding');
  });
});
