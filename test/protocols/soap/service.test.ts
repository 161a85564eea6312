import { expect } from 'chai';
import { createClientAsync } from 'soap';
import { createCatalog } from '../../../lib/catalog.ts';
import type { AnyFunction } from '../../../lib/define.ts';
import { Fault } from '../../../lib/fault.ts';
import { createLog } from '../../../lib/log.ts';
import type { Protocol, WireResponse } from '../../../lib/protocol.ts';
import { assemble, type Server } from '../../../lib/server.ts';
import { memorySettings, readSettings } from '../../../lib/settings.ts';
import { createSite } from '../../../lib/site.ts';
import type { ServiceRecord } from '../../../lib/store/records.ts';
import { soap } from '../../../protocols/soap/index.ts';
import { all, echo } from './functions.ts';
import { infoset, textOf } from './infoset.ts';
import { answer, message11, message12, messageEncoded, post, soap12Type } from './messages.ts';

const service = (id: number, name: string, functions: readonly string[], more: object = {}): ServiceRecord => ({
  id,
  name,
  description: '',
  enabled: true,
  restricted: false,
  functions,
  users: [],
  ...more,
});
const services = [
  service(1, 'Echoes', ['test.echo*']),
  service(2, '2-fold.v1', ['test.count', 'test.nothing']),
  service(3, 'asleep', ['*'], { enabled: false }),
  service(4, 'closed', ['test.echo'], { restricted: true }),
  service(5, 'empty', []),
];
const on = { enablewebservices: true, enabledwsprotocols: ['soap'], enabledwsfunctions: ['*'] };
const site = createSite(createCatalog(all as unknown as AnyFunction[]), readSettings(on), services);

const echoCall = '<p:test_echo xmlns:p="urn:polywire"><text>a</text></p:test_echo>';
const countCall = '<p:test_count xmlns:p="urn:polywire"><by>0</by></p:test_count>';

/** The call of a message posted to `/soap/<tail>`, or its fault. */
function posted(tail: string, body: string, headers: Record<string, string> = {}) {
  return answer(site, { ...post(body, headers), path: `/soap/${tail}`, tail });
}

function asked(tail: string, query = 'wsdl', where = site): WireResponse | Fault | undefined {
  return soap.document?.({ ...post(''), method: 'GET', path: `/soap/${tail}`, tail, query }, where);
}

function get(tail: string, query = 'wsdl', where = site): WireResponse | undefined {
  const found = asked(tail, query, where);
  return found instanceof Fault ? undefined : found;
}

/** The operations of a WSDL's portType. */
function operations(text: string): readonly string[] {
  const found = /<wsdl:portType.*<\/wsdl:portType>/s.exec(text)?.[0] ?? '';
  return [...found.matchAll(/<wsdl:operation name="([^"]*)"/g)].map(([, name = '']) => name);
}

describe('soap/service: calls', () => {
  it('names the service in the call, in every version and style', () => {
    for (const [body, headers] of [
      [message11(echoCall), {}],
      [message12(echoCall), soap12Type],
      [messageEncoded(echoCall), {}],
    ] as const) {
      const [call] = soap.decode({ ...post(body, headers), tail: 'Echoes' }, site).calls;
      expect(call).to.include({ name: 'test_echo', service: 'Echoes' });
      expect(textOf(posted('Echoes', body, headers).text, 'result')).to.equal('a');
    }
  });

  it('names none at /soap, and keeps the credentials of the message', () => {
    const [call] = soap.decode(post(message11(echoCall)), site).calls;
    expect(call).not.to.have.property('service');
    const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
    const token = '<s:UsernameToken><s:Username>ana</s:Username><s:Password>p</s:Password></s:UsernameToken>';
    const header = `<s:Security xmlns:s="${wsse}">${token}</s:Security>`;
    const [both] = soap.decode({ ...post(message11(echoCall, header)), tail: 'Echoes' }, site).calls;
    expect(both).to.include({ service: 'Echoes' }).and.have.nested.property('credentials.username', 'ana');
  });

  it('reads the name as it was escaped, whatever its case', () => {
    for (const tail of ['echoes', 'ECHOES', '%45choes', '2%2Dfold.v1']) {
      const known = posted(tail, message11(tail.startsWith('2') ? countCall : echoCall));
      expect(known.fault, tail).to.equal(undefined);
    }
  });

  it('has no other functions than the service, and none of a service that is off or unknown', () => {
    const refused = [
      ['Echoes', countCall],
      ['2-fold.v1', echoCall],
      ['empty', echoCall],
      ['asleep', echoCall],
      ['nobody', echoCall],
      ['Polywire', echoCall],
      ['1', echoCall],
      ['__proto__', echoCall],
      ['constructor', echoCall],
      ['%', echoCall],
      ['%zz', echoCall],
      ['Echoes%2F', echoCall],
      ['Echoes%00', echoCall],
      [encodeURIComponent('../Echoes'), echoCall],
    ] as const;
    const texts = new Set(
      refused.map(([tail, body]) => {
        const { fault, text, status } = posted(tail, message11(body));
        expect([fault?.code, status], tail).to.deep.equal(['unknown-function', 500]);
        return text;
      }),
    );
    const unknown = '<p:test_nothing xmlns:p="urn:polywire"/>';
    texts.add(posted('Echoes', message11(unknown)).text);
    expect(texts.size, 'one answer for all of them').to.equal(1);
  });

  it('asks who calls where the service is restricted', () => {
    expect(posted('closed', message11(echoCall)).fault?.code).to.equal('unauthenticated');
  });
});

describe('soap/service: documents', () => {
  it('describes the functions of the service that are on, in all three styles', () => {
    for (const query of ['wsdl', 'wsdl=1.2', 'wsdl=encoded']) {
      const text = get('Echoes', query)?.body.toString() ?? '';
      expect(operations(text), query).to.deep.equal(['test_echo', 'test_echo_all']);
      expect(text).to.include('location="http://localhost:8080/soap/Echoes"');
      expect(infoset(text).name).to.equal('{http://schemas.xmlsoap.org/wsdl/}definitions');
      expect(text).to.include('targetNamespace="urn:polywire"').and.not.to.include('test_count');
    }
    const some = createSite(site.catalog, readSettings({ ...on, enabledwsfunctions: [echo.name] }), services);
    expect(operations(get('Echoes', 'wsdl', some)?.body.toString() ?? '')).to.deep.equal(['test_echo']);
    expect(operations(get('empty')?.body.toString() ?? 'none')).to.deep.equal([]);
    const schema = get('Echoes', 'xsd')?.body.toString();
    expect(schema).to.include('<xsd:element name="test_echo">').and.not.to.include('test_count');
  });

  it('has the address as the service is written, below the public one', () => {
    expect(get('%65choes')?.body.toString()).to.include('location="http://localhost:8080/soap/Echoes"');
    const settings = readSettings({ ...on, publicUrl: 'https://api.example.org/v1/' });
    const known = createSite(site.catalog, settings, services);
    const text = get('2-fold.v1', 'wsdl', known)?.body.toString();
    expect(text).to.include('location="https://api.example.org/v1/soap/2-fold.v1"');
  });

  it('is named after the service, by a name that XML takes', () => {
    expect(get('echoes')?.body.toString()).to.include('<wsdl:service name="EchoesService">');
    expect(get('2-fold.v1')?.body.toString()).to.include('<wsdl:service name="_2_fold_v1Service">');
    expect(get('')?.body.toString()).to.include('<wsdl:service name="PolywireService">');
  });

  it('keeps each apart, and follows a change of the services', () => {
    const texts = ['', 'Echoes', '2-fold.v1', ''].map((tail) => get(tail)?.body.toString());
    expect(new Set(texts).size).to.equal(3);
    const changed = createSite(site.catalog, site.settings, [service(1, 'Echoes', ['test.echo'])]);
    expect(operations(get('Echoes', 'wsdl', changed)?.body.toString() ?? '')).to.deep.equal(['test_echo']);
    expect(asked('2-fold.v1', 'wsdl', changed)).to.include({ code: 'unknown-function' });
  });

  it('refuses what is asked of a service that is off or unknown, documents only', () => {
    for (const tail of ['asleep', 'nobody', '%', 'Echoes%2F', '__proto__']) {
      expect(asked(tail), tail).to.include({ code: 'unknown-function' });
      expect(asked(tail, ''), tail).to.equal(undefined);
    }
    expect(asked('Echoes', 'wsdl=2.0')).to.include({ code: 'unknown-function' });
  });
});

describe('soap/service by HTTP', () => {
  let server: Server;
  let url: string;

  before(async () => {
    server = assemble({
      catalog: site.catalog,
      site: () => site,
      protocols: [soap as Protocol],
      settings: memorySettings(on),
      log: createLog(false),
    });
    ({ url } = await server.listen({ port: 0 }));
  });
  after(() => server.close(0));

  it('gives a foreign client what it needs, from the document to the answer', async () => {
    const client = await createClientAsync(`${url}/soap/Echoes?wsdl`);
    const [[, description] = []] = Object.entries(client.describe() as Record<string, object>);
    expect(description).to.have.nested.property('EchoesPort').that.has.all.keys('test_echo', 'test_echo_all');
    const [result] = (await client['test_echoAsync']({ text: 'Ana' })) as readonly unknown[];
    expect(result).to.deep.equal({ result: 'Ana' });
  });

  it('answers nothing below a service, and nothing without its name', async () => {
    const headers = { 'Content-Type': 'text/xml' };
    for (const path of ['/soap/', '/soap//', '/soap/Echoes/', '/soap/Echoes/x', '/soap//Echoes', '/soap/?wsdl']) {
      const answers = await Promise.all([
        fetch(url + path),
        fetch(url + path, { method: 'POST', headers, body: message11(echoCall) }),
      ]);
      expect(
        answers.map(({ status }) => status),
        path,
      ).to.deep.equal([404, 404]);
    }
  });

  it('says by which method it is called', async () => {
    const answered = await fetch(`${url}/soap/Echoes`);
    expect([answered.status, answered.headers.get('allow')]).to.deep.equal([405, 'POST']);
    for (const path of ['/soap/nobody?wsdl', '/soap/Echoes?wsdl=foo', '/soap?wsdl=foo', '/soap?xsd=1']) {
      const unknown = await fetch(url + path);
      expect([unknown.status, unknown.headers.get('content-type')]).to.deep.equal([404, 'text/xml; charset=utf-8']);
    }
  });
});
