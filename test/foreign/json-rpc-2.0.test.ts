import { expect } from 'chai';
import { createJSONRPCNotification, JSONRPCClient, JSONRPCErrorException, type JSONRPCParams } from 'json-rpc-2.0';
import { jsonrpcTests, type RpcClient } from './json-clients.ts';
import { sampleServer } from './sample-server.ts';

/** The client over fetch, as its documentation has it. */
function clientOf(url: string): JSONRPCClient {
  const client: JSONRPCClient = new JSONRPCClient(async (payload: unknown) => {
    const response = await fetch(`${url}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    if (response.status === 200) client.receive((await response.json()) as Parameters<typeof client.receive>[0]);
    else if (response.status !== 204) throw new Error(response.statusText);
  });
  return client;
}

function rpcClient(client: JSONRPCClient): RpcClient {
  return {
    call: async (method, params) => client.request(method, params as JSONRPCParams),
    error: async (method, params) => {
      const reason: unknown = await client.request(method, params as JSONRPCParams).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(reason instanceof JSONRPCErrorException))
        throw new Error('the call did not end in an error', { cause: reason });
      return { code: reason.code, message: reason.message, data: reason.data };
    },
  };
}

describe('npm json-rpc-2.0', () => {
  const server = sampleServer();
  let client: JSONRPCClient;
  before(() => {
    client = clientOf(server());
  });

  jsonrpcTests(() => rpcClient(client));

  it('sends a batch and a notification', async () => {
    const call = (id: number, a: number) => ({ jsonrpc: '2.0' as const, id, method: 'test.add', params: { a, b: 3 } });
    const answers = await client.requestAdvanced([call(1, 2), call(2, 4)]);
    expect(answers.map(({ result }) => result as unknown)).to.deep.equal([5, 7]);
    await client.send(createJSONRPCNotification('test.add', { a: 1, b: 2 }));
  });
});
