import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { type Office, openOffice } from './office.ts';

describe('services/admin/settings', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice({ enablewebservices: true, limits: { batch: 7 } as never });
  });
  afterEach(() => office.server.close(0));

  const issues = async (changes: unknown) =>
    (await rejected(office.admin('update_settings', { changes }))).issues.map(({ path }) => path);

  it('shows all settings and which are not their defaults', async () => {
    const { settings, changed } = await office.admin('settings');
    expect(settings).deep.include({ enablewebservices: true, documents: 'public' });
    expect(settings.limits.body).equal(1_048_576);
    expect(changed).have.members(['enablewebservices', 'limits/batch']);
  });

  it('says what each setting does, its default and the form of its value', async () => {
    const { known, settings } = await office.admin('settings');
    // biome-ignore lint/suspicious/noExplicitAny: as admin answers
    const of = (name: string) => known.find((one: any) => one.name === name);
    expect(of('limits/body')).eql({
      name: 'limits/body',
      description: 'Bytes of a request body; a function may declare more.',
      kind: 'int',
      default: 1_048_576,
      together: false,
    });
    expect(of('documents')).include({ kind: 'enum', default: 'public' });
    expect(of('documents').choices).eql(['public', 'authenticated']);
    expect(of('addresses')).include({ kind: 'strings' });
    expect(of('authenticators')).include({ kind: 'json' });
    expect(of('jwt/issuer')).include({ kind: 'string', together: true }).and.not.have.property('default');
    expect(of('publicUrl')).include({ kind: 'string', together: false }).and.not.have.property('default');
    const names = known.map(({ name }: { name: string }) => name.split('/')[0]);
    expect(names, 'all that is in force is known').include.members(Object.keys(settings));
    // biome-ignore lint/suspicious/noExplicitAny: as admin answers
    expect(known.filter((one: any) => one.description === '')).eql([]);
  });

  it('changes some, and notes what has become another one', async () => {
    const changes = {
      publicUrl: 'https://api.example.org',
      limits: { batch: 7, deadline: 9 },
      enablewebservices: true,
    };
    const { settings, changed } = await office.admin('update_settings', { changes });
    expect(settings).include({ publicUrl: 'https://api.example.org' });
    expect(settings.limits).include({ batch: 7, deadline: 9, body: 1_048_576 });
    expect(changed).include('limits/deadline');
    expect(office.server.settings.current().limits.deadline, 'at once').equal(9);
    expect(await office.events(2)).have.members(['setting-changed publicUrl', 'setting-changed limits/deadline']);
  });

  it('sets back to the default what is null', async () => {
    const { admin } = office;
    await admin('update_settings', { changes: { publicUrl: 'https://a.example', limits: { deadline: 9 } } });
    await admin('update_settings', { changes: { publicUrl: null, limits: { batch: null } } });
    expect((await admin('settings')).changed).have.members(['enablewebservices', 'limits/deadline']);
    await admin('update_settings', { changes: { limits: null, enablewebservices: null } });
    expect((await admin('settings')).changed).eql([]);
  });

  it('changes all or nothing, and names each that is wrong', async () => {
    const before = await office.admin('settings');
    expect(await issues({ documents: 'some', limits: { body: -1 }, enablewebservices: false })).have.members([
      'changes/documents',
      'changes/limits/body',
    ]);
    expect(await issues({ nosuch: 1 })).eql(['changes/nosuch']);
    expect(await issues({ nosuch: null })).eql(['changes/nosuch']);
    expect(await issues({ addresses: ['10.1'] })).eql(['changes/addresses/0']);
    expect(await issues({ enabledwsprotocols: ['rest', 'gopher'] })).eql(['changes/enabledwsprotocols/1']);
    expect(await issues({ enabledwsfunctions: ['admin.*'] })).eql(['changes/enabledwsfunctions/0']);
    expect(await issues(JSON.parse('{"__proto__": {"documents": "authenticated"}}'))).eql(['changes/__proto__']);
    for (const changes of [null, 1, 'x', []]) expect(await issues(changes)).eql(['changes']);
    expect(await office.admin('settings')).eql(before);
  });
});

describe('services/admin/switches', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.server.close(0));

  const turn = (way: string, kind: string, ...names: string[]) => office.admin(way, { kind, names });
  const fault = (work: Promise<unknown>) => rejected(work);

  it('switches the site, protocols and functions on and off', async () => {
    await turn('enable', 'site');
    await turn('enable', 'protocol', 'rest', 'soap');
    expect(await turn('enable', 'function', 'open.*', 'closed.user')).eql({
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'soap'],
      enabledwsfunctions: ['open.*', 'closed.user'],
    });
    await turn('enable', 'function', 'open.*');
    await turn('disable', 'site');
    await turn('disable', 'protocol', 'rest');
    expect(await turn('disable', 'function', 'open.*')).eql({
      enablewebservices: false,
      enabledwsprotocols: ['soap'],
      enabledwsfunctions: ['closed.user'],
    });
    expect(await office.events(6)).eql([
      'setting-changed enablewebservices',
      'setting-changed enabledwsprotocols',
      'setting-changed enabledwsfunctions',
      'setting-changed enablewebservices',
      'setting-changed enabledwsprotocols',
      'setting-changed enabledwsfunctions',
    ]);
  });

  it('refuses what switches nothing, and says what there is', async () => {
    const unknown = await fault(turn('enable', 'protocol', 'rest', 'gopher'));
    expect(unknown.issues).eql([
      { path: 'names/1', code: 'unknown', message: 'must be one of rest, jsonrpc, xmlrpc, soap, mcp' },
    ]);
    for (const [way, kind, ...names] of [
      ['enable', 'function', 'open.raed'],
      ['enable', 'function', 'nothing.*'],
      ['enable', 'function', 'admin.*'],
      ['enable', 'function', 'open.hidden'],
      ['enable', 'function', 'a b'],
      ['disable', 'function', 'open.raed'],
      ['disable', 'protocol', 'gopher'],
      ['enable', 'function'],
      ['enable', 'protocol'],
      ['disable', 'function'],
      ['enable', 'site', 'all'],
      ['disable', 'site', 'all'],
    ] as const) {
      expect((await fault(turn(way, kind, ...names))).code, `${way} ${kind} ${names}`).equal('invalid-params');
    }
    expect((await office.admin('settings')).changed).eql([]);
  });

  it('leaves no function on unsaid', async () => {
    await turn('enable', 'function', 'open.*', 'admin.list_keys', 'admin.list_users');
    const { code, message } = await fault(turn('disable', 'function', 'open.read'));
    expect(code).equal('conflict');
    expect(message).include('open.*');
    expect((await turn('disable', 'function', 'admin.*')).enabledwsfunctions, 'all of them by a glob').eql(['open.*']);
  });

  it('switches off what no longer exists', async () => {
    await office.server.settings.update(() => ({ enabledwsprotocols: ['gopher'], enabledwsfunctions: ['gone.fn'] }));
    await turn('disable', 'protocol', 'gopher');
    expect(await turn('disable', 'function', 'gone.fn')).include({ enablewebservices: false });
    expect((await office.admin('settings')).changed).eql([]);
  });
});
