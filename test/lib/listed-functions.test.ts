import { expect } from 'chai';
import { createCatalog } from '../../lib/catalog.ts';
import { listedFunctions } from '../../lib/listed-functions.ts';
import { readSettings } from '../../lib/settings.ts';
import { createSite } from '../../lib/site.ts';
import type { ServiceRecord } from '../../lib/store/records.ts';
import { fn } from './catalog-problems.ts';

const service = (id: number, functions: readonly string[]): ServiceRecord => ({
  id,
  name: `service${id}`,
  description: '',
  enabled: true,
  restricted: false,
  functions,
  users: [],
});

describe('lib/listed-functions', () => {
  const own = fn({ name: 'rpc.own' });
  const catalog = createCatalog(['a.one', 'a.two', 'b.one'].map((name) => fn({ name })));
  const services = [service(1, ['a.*']), service(2, ['*.one'])];
  const site = createSite(catalog, readSettings({ enabledwsfunctions: ['*'] }), services);
  const names = (ids: readonly number[], functions = [own], at = site): readonly string[] =>
    listedFunctions(at, { name: functions.length === 0 ? 'rest' : 'jsonrpc', functions }, ids).map(({ name }) => name);

  it('are what a caller may know of, and the own functions of the protocol', () => {
    expect(names([])).to.deep.equal(['a.one', 'a.two', 'b.one', 'rpc.own']);
    expect(names([], [])).to.deep.equal(['a.one', 'a.two', 'b.one']);
    expect(names([1])).to.deep.equal(['a.one', 'a.two', 'rpc.own']);
    expect(names([1, 2])).to.deep.equal(['a.one', 'rpc.own']);
    expect(names([3])).to.deep.equal(['rpc.own']);
  });

  it('are one list for all who see the same, until the site changes', () => {
    const list = (ids: readonly number[], at = site) => listedFunctions(at, { name: 'jsonrpc', functions: [own] }, ids);
    expect(list([])).to.equal(list([])).and.to.be.frozen;
    expect(list([1]))
      .to.equal(list([1, 1]))
      .and.not.to.equal(list([]));
    const other = createSite(catalog, readSettings({ enabledwsfunctions: ['a.one'] }), services);
    expect(names([], [own], other)).to.deep.equal(['a.one', 'rpc.own']);
  });
});
