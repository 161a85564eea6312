import { expect } from 'chai';
import { areSampleUsers, customField, newUser, oddKinds, oddText } from './sample-server.ts';

/** The error of a JSON-RPC answer as its client gives it. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** A JSON-RPC client: the result of a call, or its error. */
export interface RpcClient {
  call(method: string, params: object): Promise<unknown>;
  error(method: string, params: object): Promise<RpcError>;
}

/** What test.kinds answers to the odd text, in JSON. */
export const kindsAnswer = {
  ...oddKinds,
  datetime: '2026-02-28T12:34:56.789Z',
  bytes: Buffer.from(oddText).toString('base64'),
  nullable: null,
};

/** What every JSON-RPC client must be able to do. */
export function jsonrpcTests(client: () => RpcClient): void {
  it('echoes, by name and by place', async () => {
    expect(await client().call('test.echo', { string: oddText })).to.equal(oddText);
    expect(await client().call('test.echo', [oddText])).to.equal(oddText);
  });
  it('reads a structure', async () => {
    expect(await client().call('test.kinds', { value: oddText })).to.deep.equal(kindsAnswer);
  });
  it('sends and reads lists of one', async () => {
    const users = [{ ...newUser, customfields: [customField] }];
    expect(await client().call('sample.create_users', { users })).to.deep.equal([{ id: 1, username: 'ana' }]);
  });
  it('reads 1,000 records', async () => {
    expect(areSampleUsers((await client().call('sample.get_users', {})) as readonly unknown[])).to.equal(true);
  });
  it('reads a declared fault', async () => {
    const { code, message, data } = await client().error('test.fail', { reason: oddText });
    expect(code).to.equal(1002);
    expect(message).to.equal('The test was refused');
    expect(data).to.deep.include({ code: 'test-refused', data: { reason: oddText, attempts: 3 } });
  });
  it('reads what does not fit', async () => {
    const { code, data } = await client().error('test.add', { a: 'x', b: 3 });
    expect(code).to.equal(-32602);
    expect(data).to.have.nested.property('issues[0].path', 'a');
  });
  it('reads that a function does not exist', async () => {
    expect((await client().error('test.nothing', {})).code).to.equal(-32601);
  });
}
