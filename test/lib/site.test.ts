import { expect } from 'chai';
import { createCatalog } from '../../lib/catalog.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';

const make = (name: string, more: object = {}): AnyFunction =>
  define(name, {
    description: 'Does nothing.',
    effect: 'read',
    handler: () => undefined,
    ...more,
  }) as unknown as AnyFunction;

const functions = [
  make('users.get'),
  make('users.set', { body: 5_000_000 }),
  make('users.hidden', { listed: false }),
  make('users.inner', { internal: true }),
  make('usersx'),
  make('admin.users'),
  make('auth.login'),
  make('administration.x'),
];
const catalog = createCatalog(functions);
const on = (...enabledwsfunctions: string[]) => {
  const site = createSite(catalog, readSettings({ enabledwsfunctions }));
  return functions.filter((fn) => site.functionIsOn(fn)).map(({ name }) => name);
};

describe('lib/site', () => {
  it('has nothing on by itself', () => {
    const site = createSite(catalog, readSettings({}));
    expect(site.on).equal(false);
    expect(site.listed).eql([]);
    expect(site.protocolIsOn('rest')).equal(false);
    expect(on()).eql([]);
  });

  it('switches functions on by name and by glob', () => {
    expect(on('users.get')).eql(['users.get']);
    expect(on('users.*')).eql(['users.get', 'users.set', 'users.hidden']);
    expect(on('users*')).eql(['users.get', 'users.set', 'users.hidden', 'usersx']);
    expect(on('*.get')).eql(['users.get']);
    expect(on('Users.*', 'users', 'users.ge', 'users?get', 'users.[gs]et')).eql([]);
  });

  it('never matches admin.* and auth.* by a glob, whatever it is', () => {
    for (const glob of ['*', '**', 'admin.*', 'auth.*', 'a*', '*.users', '*login', 'admin*'])
      expect(on(glob)).not.include.members(['admin.users']).and.not.include.members(['auth.login']);
    expect(on('admin.users', 'auth.login')).eql(['admin.users', 'auth.login']);
    expect(on('admin*')).eql(['administration.x']);
  });

  it('never switches internal functions on', () => {
    expect(on('*', 'users.inner')).not.contain('users.inner');
  });

  it('lists what is on and listed, in the order of names', () => {
    const site = createSite(catalog, readSettings({ enabledwsfunctions: ['usersx', 'users.*'] }));
    expect(site.listed.map(({ name }) => name)).eql(['users.get', 'users.set', 'usersx']);
  });

  it('takes bodies as large as the largest function that is on', () => {
    expect(createSite(catalog, readSettings({ enabledwsfunctions: ['users.get'] })).bodyLimit).equal(1_048_576);
    expect(createSite(catalog, readSettings({ enabledwsfunctions: ['users.*'] })).bodyLimit).equal(5_000_000);
  });
});
