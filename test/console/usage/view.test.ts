import { expect } from 'chai';
import { filterParams } from '../../../console/usage/contract.ts';
import { isFiltered, plainView, queryOf, type View, viewOf } from '../../../console/usage/view.ts';

const view = (query: string): View => viewOf(new URLSearchParams(query));

describe('console/usage/view', () => {
  it('is in the address whole', () => {
    const wanted: View = {
      panel: 'functions',
      range: { since: Date.parse('2026-03-01T00:00:00Z'), until: Date.parse('2026-03-02T00:00:00Z') },
      by: 'caller',
      zone: 'utc',
      function: 'test.greet',
      protocol: 'soap',
      caller: 'user:ana & co',
      code: 'errors',
      inside: true,
    };
    expect(view(queryOf(wanted))).to.deep.equal(wanted);
    expect(view(queryOf({ ...plainView, range: 'week' })).range).to.equal('week');
  });

  it('leaves out of the address what is plain', () => {
    expect(queryOf(plainView)).to.equal('');
    expect(queryOf({ ...plainView, by: 'function' })).to.equal('?by=function');
  });

  it('takes what an address says wrongly as not said', () => {
    expect(view('view=x&range=year&by=moon&zone=mars&since=never&until=2026-01-01')).to.deep.equal(plainView);
    expect(view('since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z').range).to.equal('day');
    expect(view(`function=${'x'.repeat(500)}`).function).to.have.length(200);
  });

  it('becomes parameters: keys and users apart, nothing that is empty', () => {
    const params = (more: Partial<View>) => filterParams({ ...plainView, inside: true, ...more });
    expect(params({})).to.deep.equal({});
    expect(params({ caller: 'key:ABC', code: 'ok' })).to.deep.equal({ client: 'ABC', code: 'ok' });
    expect(params({ code: 'errors' })).to.deep.equal({ failed: true });
    expect(params({ caller: 'user:ana' })).to.deep.equal({ user: 'ana' });
    expect(params({ caller: 'ana' })).to.deep.equal({ user: 'ana' });
  });

  it('leaves out the calls of the console itself, unless they are asked for', () => {
    expect(filterParams(plainView)).to.deep.equal({ wire: true });
    expect(filterParams({ ...plainView, protocol: 'console' })).to.deep.equal({ protocol: 'console' });
  });

  it('knows whether it is of some calls only', () => {
    expect(isFiltered(plainView)).to.equal(false);
    expect(isFiltered({ ...plainView, protocol: 'soap' })).to.equal(true);
  });
});
