import { expect } from 'chai';
import {
  filterOf,
  kinds,
  kindText,
  paramsOfFilter,
  queryOfFilter,
} from '../../../console/administration/events/event-filter.ts';
import {
  cautionOf,
  changedWith,
  changesFor,
  defaultsFor,
  fieldsOf,
  formOf,
  type KnownSetting,
  NoJson,
  switchNames,
  valueIn,
  valueText,
} from '../../../console/administration/settings/setting-edit.ts';
import { changedSettings, readSettings } from '../../../lib/settings.ts';
import { describedSettings } from '../../../services/admin/described-settings.ts';

const known = describedSettings as readonly KnownSetting[];
const held = JSON.parse(JSON.stringify(readSettings({ limits: { body: 7 } }))) as Record<string, unknown>;
const named = (...names: readonly string[]) => known.filter(({ name }) => names.includes(name));

describe('console: settings', () => {
  it('shows every setting as it is held', () => {
    expect(valueIn(held, 'limits/body')).to.equal(7);
    expect(valueIn(held, 'jwt/issuer')).to.equal(undefined);
    expect(['a', [], ['x', 'y'], true, null, { a: 1 }].map(valueText)).to.deep.equal([
      'a',
      'none',
      'x, y',
      'on',
      'none',
      '{"a":1}',
    ]);
    for (const { name } of known) expect(() => valueText(valueIn(held, name)), name).to.not.throw();
  });

  it('sends back what it was given: a form that nobody touched changes nothing', () => {
    for (const setting of known.filter(({ together }) => !together)) {
      const changes = changesFor([setting], formOf([setting], held));
      const group = Object.keys(changes)[0] ?? '';
      const value = changes[group] === null ? undefined : changes[group];
      const after = JSON.parse(JSON.stringify(readSettings(changedSettings(held, { [group]: value }))));
      expect(after, setting.name).to.deep.equal(held);
    }
  });

  it('has a field of its kind for each', () => {
    expect(fieldsOf(named('limits/body'))).to.deep.equal([
      {
        name: 'limits/body',
        kind: 'count',
        label: 'limits.body',
        hint: 'Bytes of a request body; a function may declare more. Default: 1048576.',
      },
    ]);
    expect(fieldsOf(named('documents'))[0]?.choices).to.deep.equal([
      ['public', 'public'],
      ['authenticated', 'authenticated'],
    ]);
  });

  it('makes the change that the server takes', () => {
    const [body, addresses, authenticators] = ['limits/body', 'addresses', 'authenticators'].map((name) => named(name));
    expect(changesFor(body!, { 'limits/body': ' 9 ' })).to.deep.equal({ limits: { body: 9 } });
    expect(changesFor(body!, { 'limits/body': '' }), 'the default').to.deep.equal({ limits: { body: null } });
    expect(changesFor(addresses!, { addresses: ['::1'] })).to.deep.equal({ addresses: ['::1'] });
    expect(changesFor(authenticators!, { authenticators: '[{"name":"key"}]' })).to.deep.equal({
      authenticators: [{ name: 'key' }],
    });
    expect(() => changesFor(authenticators!, { authenticators: '[' })).to.throw(NoJson, 'authenticators must be JSON');
  });

  it('changes a group that stands as a whole in one go', () => {
    const jwt = changedWith(known, 'jwt/issuer');
    expect(jwt.map(({ name }) => name)).to.include.members(['jwt/issuer', 'jwt/audience', 'jwt/jwks']);
    const given = {
      'jwt/issuer': 'me',
      'jwt/audience': 'you',
      'jwt/jwks': 'keys.json',
      'jwt/username': '',
      'jwt/scope': '',
    };
    expect(changesFor(jwt, given)).to.deep.equal({ jwt: { issuer: 'me', audience: 'you', jwks: 'keys.json' } });
    const nothing = Object.fromEntries(jwt.map(({ name }) => [name, '']));
    expect(changesFor(jwt, nothing)).to.deep.equal({ jwt: null });
    expect(defaultsFor(jwt)).to.deep.equal({ jwt: null });
    expect(changedWith(known, 'limits/body').map(({ name }) => name)).to.deep.equal(['limits/body']);
    expect(defaultsFor(named('limits/body'))).to.deep.equal({ limits: { body: null } });
    expect(defaultsFor(named('publicUrl'))).to.deep.equal({ publicUrl: null });
  });

  it('warns of settings that there are', () => {
    const names = known.map(({ name }) => name);
    expect(names).to.include.members([...switchNames]);
    expect(names.filter((name) => cautionOf(name) !== undefined)).to.include.members([
      'addresses',
      'authenticators',
      'httpsRequired',
    ]);
  });
});

describe('console: events', () => {
  it('keeps its filter in the address', () => {
    const filter = { kind: 'key-revoked', user: 'ana', request: '', since: '2030-01-02T03:04', until: '', limit: 500 };
    expect(filterOf(new URLSearchParams(queryOfFilter(filter)))).to.deep.equal(filter);
    expect(queryOfFilter(filterOf(new URLSearchParams('limit=-1')))).to.equal('');
    expect(filterOf(new URLSearchParams('limit=99999')).limit).to.equal(100);
  });

  it('asks for what is filled in', () => {
    const empty = filterOf(new URLSearchParams());
    expect(paramsOfFilter(empty)).to.deep.equal({ limit: 100 });
    const params = paramsOfFilter({ ...empty, request: 'r-1', since: '2030-01-02T03:04', until: 'nonsense' });
    expect(params).to.deep.equal({ request_id: 'r-1', since: new Date('2030-01-02T03:04').toISOString(), limit: 100 });
  });

  it('names every kind for people', () => {
    expect(kindText('app-password-created')).to.equal('App password created');
    expect(new Set(kinds.map(kindText)).size).to.equal(kinds.length);
  });
});
