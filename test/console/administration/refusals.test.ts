import { expect } from 'chai';
import {
  againOf,
  factsOf,
  gateState,
  nothingSupposed,
  paramsOfSupposed,
  queryOf,
  supposedOf,
} from '../../../console/administration/refusals/explanation.ts';
import { gateTitle, mendsOf } from '../../../console/administration/refusals/gates.ts';
import { meanings } from '../../../lib/gates/verdicts-meanings.ts';

const supposed = {
  ...nothingSupposed,
  function: 'users.get',
  protocol: 'soap',
  key: 'k1',
  user: 'ana',
  service: 'shop',
  https: false,
};

describe('console: why a call was refused', () => {
  it('has a name for every gate there is', () => {
    for (const gate of Object.keys(meanings)) expect(gateTitle(gate), gate).to.not.equal(gate);
    expect(gateTitle('authenticator:key')).to.equal('Credentials (key)');
    expect(gateTitle('my-own')).to.equal('my-own');
  });

  it('leads to the place where a refusal is mended', () => {
    const places = (gate: string) => mendsOf(gate, factsOf(supposed)).map(({ place }) => place.join('/'));
    expect(places('function-off')).to.deep.equal(['switches']);
    expect(mendsOf('function-off', factsOf(supposed))[0]?.query).to.deep.equal({ find: 'users.get' });
    expect(places('authenticator:key')).to.deep.equal(['keys/k1', 'users/ana', 'tokens', 'settings']);
    expect(places('service')).to.deep.equal(['services/shop']);
    expect(places('capability')).to.deep.equal(['users/ana', 'roles']);
    expect(places('csrf')).to.deep.equal([]);
    expect(mendsOf('credential-address', {})).to.deep.equal([]);
  });

  it('keeps a supposed call in the address, never its token', () => {
    const query = queryOf({ ...supposed, token: 'pwt_secret' });
    expect(new URLSearchParams(query).toString()).to.equal(
      'function=users.get&protocol=soap&key=k1&user=ana&service=shop&https=false',
    );
    expect(supposedOf(new URLSearchParams(query))).to.deep.equal(supposed);
    expect(supposedOf(new URLSearchParams())).to.deep.equal(nothingSupposed);
  });

  it('asks with what is filled in', () => {
    expect(paramsOfSupposed({ ...nothingSupposed, function: 'a', protocol: 'rest' })).to.deep.equal({
      function: 'a',
      protocol: 'rest',
      method: 'POST',
      https: true,
    });
  });

  it('supposes the call of a record once more', () => {
    const record = {
      time: '2030-01-01T00:00:00Z',
      request_id: 'r-1',
      function: 'a',
      protocol: 'rest',
      client: 'k1',
      address: '192.0.2.1',
      code: 'forbidden',
      duration: 1,
    };
    expect(againOf(record)).to.deep.equal({
      ...nothingSupposed,
      function: 'a',
      protocol: 'rest',
      key: 'k1',
      from: '192.0.2.1',
    });
  });

  it('keeps apart what was not asked and what was not reached', () => {
    const state = (verdict: 'pass' | 'refuse' | 'skip', reason = '') => gateState({ gate: 'g', verdict, reason });
    expect(state('pass')).to.equal('passed');
    expect(state('refuse')).to.equal('refused');
    expect(state('skip', 'No web page calls')).to.equal('not-asked');
    expect(state('skip', 'Not reached: identify ends what can be told')).to.equal('not-reached');
  });
});
