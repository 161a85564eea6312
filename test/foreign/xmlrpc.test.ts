import { createRequire } from 'node:module';
import { expect } from 'chai';
import { areSampleUsers, customField, newUser, oddKinds, oddText, sampleServer } from './sample-server.ts';

interface Fault extends Error {
  readonly faultCode: number;
  readonly faultString: string;
}
interface Client {
  methodCall(method: string, params: readonly unknown[], done: (fault: Fault | null, value: unknown) => void): void;
}

const require = createRequire(import.meta.url);
// Typed here, as another folder's declaration of the package has its server only.
const xmlrpc = require('xmlrpc') as { createClient(url: string): Client };

function call(client: Client, method: string, ...params: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    client.methodCall(method, params, (fault, value) => (fault ? reject(fault) : resolve(value)));
  });
}

function faultOf(client: Client, method: string, ...params: readonly unknown[]): Promise<Fault> {
  return call(client, method, ...params).then(
    () => {
      throw new Error('the call did not end in a fault');
    },
    (fault: Fault) => fault,
  );
}

describe('npm xmlrpc', () => {
  const server = sampleServer();
  let client: Client;
  before(() => {
    client = xmlrpc.createClient(`${server()}/xmlrpc`);
  });

  it('echoes', async () => {
    expect(await call(client, 'test.echo', oddText)).to.equal(oddText);
  });
  it('reads a structure', async () => {
    expect(await call(client, 'test.kinds', oddText)).to.deep.equal({
      ...oddKinds,
      // XML-RPC names no zone: this client takes its own, the server means UTC.
      datetime: new Date(2026, 1, 28, 12, 34, 56),
      bytes: Buffer.from(oddText),
    });
  });
  it('sends and reads lists of one', async () => {
    const users = [{ ...newUser, customfields: [customField] }];
    expect(await call(client, 'sample.create_users', users)).to.deep.equal([{ id: 1, username: 'ana' }]);
  });
  it('sends parameters by name', async () => {
    expect(await call(client, 'test.greet', { greeting: 'Olá', name: oddText })).to.equal(`Olá, ${oddText}!`);
  });
  it('reads 1,000 records', async () => {
    const users = (await call(client, 'sample.get_users')) as readonly unknown[];
    expect(areSampleUsers(users)).to.equal(true);
    expect(users[0]).to.deep.include({ customfields: [{ type: 'dept', value: 'D0' }] });
  });
  it('reads a declared fault', async () => {
    const { faultCode, faultString } = await faultOf(client, 'test.fail', oddText);
    expect(faultCode).to.equal(1002);
    expect(faultString).to.match(/^test-refused: The test was refused \(request [\x21-\x7e]+\)$/);
  });
  it('reads what does not fit', async () => {
    const { faultCode, faultString } = await faultOf(client, 'test.add', 'x', 3);
    expect(faultCode).to.equal(-32602);
    expect(faultString).to.match(/^invalid-params: .+ \[a: .+\] \(request .+\)$/);
  });
  it('reads that a function does not exist', async () => {
    expect((await faultOf(client, 'test.nothing')).faultCode).to.equal(-32601);
  });
  it('asks what there is', async () => {
    expect(await call(client, 'system.listMethods')).to.include('test.echo');
  });
});
