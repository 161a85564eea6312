import { expect } from 'chai';
import type { Proof } from '../../../lib/auth/authenticator.ts';
import { t } from '../../../lib/builders.ts';
import { createCatalog } from '../../../lib/catalog.ts';
import { define } from '../../../lib/define.ts';
import { verdicts } from '../../../lib/gates/verdicts.ts';
import type { SupposedCredential, Supposition } from '../../../lib/gates/verdicts-supposition.ts';
import type { Protocol } from '../../../lib/protocol.ts';
import { readSettings } from '../../../lib/settings.ts';

const own = define('own.fn', { description: 'The protocol has it.', effect: 'read', handler: () => undefined });
const protocol = {
  name: 'test',
  routes: [{ path: '/test', methods: ['POST'] }],
  functions: [own],
} as unknown as Protocol;

const catalog = createCatalog([
  define('open.fn', { description: 'x', effect: 'read', handler: () => undefined }),
  define('hidden.fn', {
    description: 'x',
    effect: 'write',
    listed: false,
    access: { client: 'required', user: 'required', capabilities: ['thing:do'] },
    params: { id: t.int() },
    context: ({ id }) => `/course/${id}`,
    handler: () => undefined,
  }),
]);

const settings = readSettings({
  enablewebservices: true,
  enabledwsprotocols: ['test'],
  enabledwsfunctions: ['open.fn', 'hidden.fn'],
  quotas: { userPerDay: 9 },
});

const member = (name: string, kind: 'client' | 'user', importance: 'sufficient' | 'required' = 'sufficient') => ({
  authenticator: { name, kind, find: () => undefined, verify: () => undefined },
  importance,
});

const supposed: Supposition = {
  catalog,
  settings,
  services: [],
  chain: [member('key', 'client'), member('token', 'user')],
  protocol,
  function: 'open.fn',
  method: 'POST',
  address: '127.0.0.1',
  https: false,
  host: 'localhost',
  credentials: [],
  now: Date.UTC(2026, 0, 1),
};

const limits = { addresses: [], protocols: [], functions: [] };
const token = (proof: Partial<Proof> = {}, more: Partial<SupposedCredential> = {}): SupposedCredential => ({
  authenticator: 'token',
  kind: 'user',
  label: 'the token 1',
  authorization: true,
  proof: { user: { id: '1', username: 'ana' }, limits, grants: [], subjects: [{ name: 'user:1' }], ...proof },
  ...more,
});
const grants = [{ context: '/', capabilities: new Set(['webservice:use', 'webservice:test', 'thing:do']) }];

const ask = (change: Partial<Supposition> = {}) => verdicts({ ...supposed, ...change });
const refusing = (change: Partial<Supposition>) =>
  ask(change).flatMap(({ gate, verdict }) => (verdict === 'refuse' ? [gate] : []));
const of = (gate: string, change: Partial<Supposition> = {}) => ask(change).find((verdict) => verdict.gate === gate);

describe('lib/gates/verdicts', () => {
  it('lists every gate in its order, whatever becomes of the call', () => {
    const order =
      'site protocol headers framing host origin content-type https address flood method authenticator validity credential-address function internal function-off service service-capability service-user identify credential-protocol credential-function webservice capability csrf effect body quota context';
    expect(ask().map(({ gate }) => gate)).eql(order.split(' '));
    const refused = ask({ function: 'none', settings: readSettings({}) });
    expect(refused.map(({ gate }) => gate)).eql(order.split(' '));
  });

  it('passes what the gates let pass, with a reason for each', () => {
    for (const { verdict, reason } of ask()) {
      expect(verdict).not.equal('refuse');
      expect(reason).match(/\S/);
    }
    expect(of('function')?.verdict).equal('pass');
    expect(of('capability')?.verdict, 'is not asked').equal('skip');
  });

  it('says what would have to be, for one gate after the other', () => {
    const change = { function: 'hidden.fn', credentials: [token({ grants })], host: 'other', https: true };
    expect(refusing(change)).eql(['host', 'identify']);
    expect(of('identify', change)?.code, 'an unlisted function hides').equal('unknown-function');
    expect(of('context', change)?.reason).include('thing:do');
    expect(of('quota', change)?.reason).include('user:1').include('9 a day');
  });

  it('ends where nothing more can be told', () => {
    const none = ask({ function: 'none' });
    expect(none.filter(({ verdict }) => verdict === 'refuse').map(({ gate }) => gate)).eql(['function']);
    const after = none.slice(none.findIndex(({ gate }) => gate === 'function') + 1);
    for (const { verdict } of after) expect(verdict).equal('skip');
    expect(refusing({ function: 'hidden.fn' }), 'who would call?').eql(['identify']);
  });

  it('ends at a gate that nothing makes pass', () => {
    expect(refusing({ host: 'not a host', function: 'none' })).eql(['host']);
  });

  it('refuses two credentials of a kind, and those of two callers', () => {
    const twice = {
      chain: [member('token', 'user'), member('basic', 'user')],
      credentials: [token(), token({}, { authenticator: 'basic' })],
    };
    expect(refusing(twice)).eql(['authenticator:ambiguous']);
    const other: Proof = { ...token().proof, user: { id: '2', username: 'ben' } };
    const both = [member('token', 'user', 'required'), member('basic', 'user', 'required')];
    expect(refusing({ ...twice, chain: both }).at(0)).equal('webservice');
    expect(refusing({ chain: both, credentials: [token(), { ...token(other), authenticator: 'basic' }] })).eql([
      'authenticator:ambiguous',
    ]);
  });

  it('goes on behind a credential with a flaw, and one that is missing', () => {
    const flawed = token({ limits: { ...limits, validUntil: 1, addresses: ['10.0.0.1'] } }, { flaw: 'It is revoked' });
    const chain = [member('key', 'client', 'required'), member('token', 'user')];
    const change = { chain, credentials: [flawed] };
    expect(refusing(change)).eql([
      'authenticator:key',
      'authenticator:token',
      'validity',
      'credential-address',
      'webservice',
    ]);
    expect(of('authenticator:token', change)?.reason).equal('It is revoked');
    expect(of('validity', change)?.reason).include('until 1970-01-01');
  });

  it('says of scopes that they are what narrows', () => {
    const key: SupposedCredential = {
      authenticator: 'key',
      kind: 'client',
      label: 'the key k',
      proof: { client: { id: 'k', name: 'k' }, limits, subjects: [] },
    };
    const scoped = token({ grants, scopes: ['thing:see'] });
    const change = { function: 'hidden.fn', credentials: [key, scoped] };
    expect(refusing(change)).eql(['capability']);
    expect(of('capability', change)?.reason).include('thing:see');
    expect(refusing({ ...change, credentials: [key, token({ grants })] })).eql([]);
  });

  it('knows the functions of the protocol itself', () => {
    expect(refusing({ function: 'own.fn' })).eql([]);
  });

  it('counts nobody and nothing', () => {
    const tight = { ...settings, limits: { ...settings.limits, floodPerMinute: 1 } };
    for (let i = 0; i < 3; i++) expect(refusing({ settings: tight })).eql([]);
    expect(of('flood', { settings: tight })).deep.include({ verdict: 'skip' });
  });
});
