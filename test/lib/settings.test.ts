import { expect } from 'chai';
import { memorySettings, readSettings } from '../../lib/settings.ts';
import { caught, rejected } from './caught.ts';

const paths = (raw: unknown) => caught(() => readSettings(raw)).issues.map(({ path }) => path);

describe('lib/settings', () => {
  it('has everything off, and the limits of DESIGN §8', () => {
    const settings = readSettings({});
    expect(settings).deep.include({
      enablewebservices: false,
      enabledwsprotocols: [],
      enabledwsfunctions: [],
      namespace: 'urn:polywire',
      httpsRequired: true,
      addresses: [],
      trustedProxies: [],
      corsOrigins: [],
      allowedHosts: [],
    });
    expect(settings.limits).deep.include({
      body: 1_048_576,
      batch: 50,
      list: 16_384,
      jsonDepth: 100,
      numberDigits: 1_000,
      xmlDepth: 100,
      xmlChildren: 50_000,
      xmlAttributes: 100,
      xmlAttributeLength: 65_536,
      xmlName: 1_024,
      queryDepth: 5,
      queryItems: 100,
      queryParameters: 1_000,
      deadline: 30_000,
      connections: 10_000,
      headersTimeout: 20_000,
      requestTimeout: 60_000,
      answerTimeout: 60_000,
      keepAliveTimeout: 5_000,
    });
    expect(Object.isFrozen(settings)).equal(true);
  });

  it('takes some limits and keeps the others', () => {
    const { limits } = readSettings({ limits: { batch: 3 } });
    expect(limits.batch).equal(3);
    expect(limits.body).equal(1_048_576);
  });

  it('names each wrong and each unknown setting by its path', () => {
    const fault = caught(() =>
      readSettings({
        enablewebservices: 'yes',
        enabledwsfunctions: ['a', 5],
        limits: { batch: -1, bodi: 1 },
        namespace: '',
        nonsense: 1,
      }),
    );
    expect(fault.code).equal('invalid-params');
    expect(fault.issues.map(({ path }) => path)).members([
      'enablewebservices',
      'enabledwsfunctions/1',
      'limits/batch',
      'limits/bodi',
      'namespace',
      'nonsense',
    ]);
  });

  for (const raw of [null, 5, 'x', [], undefined])
    it(`refuses ${JSON.stringify(raw)} in place of settings`, () => expect(() => readSettings(raw)).throw('settings'));

  it('refuses addresses, ranges and URLs that are none, by their path', () => {
    expect(paths({ addresses: ['10.0.0.0/8', '10.1'] })).eql(['addresses/1']);
    expect(paths({ addresses: ['10.0.0.0/33'] })).eql(['addresses/0']);
    expect(paths({ metricsAddresses: ['::1', 'localhost'] })).eql(['metricsAddresses/1']);
    expect(paths({ trustedProxies: ['proxy'] })).eql(['trustedProxies/0']);
    expect(paths({ publicUrl: 'example.org' })).eql(['publicUrl']);
  });

  it('refuses hosts that no caller can name, by their path', () => {
    const right = ['api.example.org', 'API.example.org:8443', 'localhost', '192.0.2.1:80', '[2001:db8::1]:8080'];
    for (const host of right) expect(readSettings({ allowedHosts: [host] }).allowedHosts).eql([host]);
    const wrong = ['https://api.example.org', 'api.example.org/', '*.example.org', 'a b', '', 'x:70000', '2001:db8::1'];
    for (const host of wrong) expect(paths({ allowedHosts: ['x', host] }), host).eql(['allowedHosts/1']);
  });

  it('refuses timeouts that Node would not take together', () => {
    expect(paths({ limits: { requestTimeout: 1_000 } })).eql(['limits/headersTimeout']);
  });
});

describe('lib/settings in memory', () => {
  it('changes settings on top of what they are', async () => {
    const store = memorySettings({ enabledwsfunctions: ['a'], limits: { batch: 7 } });
    const before = store.current();
    await store.update(({ enabledwsfunctions }) => ({ enabledwsfunctions: [...enabledwsfunctions, 'b'] }));
    expect(store.current().enabledwsfunctions).eql(['a', 'b']);
    expect(store.current().limits.batch).equal(7);
    expect(before.enabledwsfunctions).eql(['a']);
  });

  it('keeps the limits that a change does not speak of', async () => {
    const store = memorySettings({ limits: { batch: 7 } });
    await store.update(() => ({ limits: { body: 5 } }));
    expect(store.current().limits).deep.include({ batch: 7, body: 5 });
  });

  it('stays as it was when a change is wrong', async () => {
    const store = memorySettings();
    const before = store.current();
    const fault = await rejected(store.update(() => ({ enablewebservices: 5 as never })));
    expect(fault.issues[0]?.path).equal('enablewebservices');
    expect(store.current()).equal(before);
  });
});
