import { expect } from 'chai';
import davexmlrpc from 'davexmlrpc';
import { areSampleUsers, customField, newUser, oddKinds, oddText, sampleServer } from './sample-server.ts';

type Fault = NonNullable<Parameters<Parameters<typeof davexmlrpc.client>[4]>[0]>;

describe('npm davexmlrpc', () => {
  const server = sampleServer();

  function call(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      davexmlrpc.client(`${server()}/RPC2`, method, params, 'xml', (fault, value) =>
        fault === undefined ? resolve(value) : reject(fault),
      );
    });
  }

  function faultOf(method: string, ...params: readonly unknown[]): Promise<Fault> {
    return call(method, ...params).then(
      () => {
        throw new Error('the call did not end in a fault');
      },
      (fault: Fault) => fault,
    );
  }

  it('echoes', async () => {
    expect(await call('test.echo', oddText)).to.equal(oddText);
  });
  it('reads a structure', async () => {
    expect(await call('test.kinds', oddText)).to.deep.equal({
      ...oddKinds,
      // XML-RPC names no zone: this client takes its own, the server means UTC.
      datetime: new Date(2026, 1, 28, 12, 34, 56),
      bytes: oddText, // this client makes text of bytes
      json: { any: ['thing', 1, { nil: '' }] }, // it does not know nil
    });
  });
  it('sends a structure', async () => {
    expect(await call('test.greet', { greeting: 'Olá', name: oddText })).to.equal(`Olá, ${oddText}!`);
  });
  it('sends and reads lists of one', async () => {
    const users = [{ ...newUser, customfields: [customField] }];
    expect(await call('sample.create_users', users)).to.deep.equal([{ id: 1, username: 'ana' }]);
  });
  it('reads 1,000 records', async () => {
    const users = (await call('sample.get_users')) as readonly unknown[];
    expect(areSampleUsers(users)).to.equal(true);
    expect(users[0]).to.deep.include({ customfields: [{ type: 'dept', value: 'D0' }] });
  });
  it('reads a declared fault', async () => {
    const { faultCode, faultString } = await faultOf('test.fail', oddText);
    expect(faultCode).to.equal(1002);
    expect(faultString).to.match(/^test-refused: The test was refused \(request [\x21-\x7e]+\)$/);
  });
  it('reads what does not fit', async () => {
    const { faultCode, faultString } = await faultOf('test.add', 'x', 3);
    expect(faultCode).to.equal(-32602);
    expect(faultString).to.match(/^invalid-params: .+ \[a: .+\] \(request .+\)$/);
  });
});
