import { expect } from 'chai';
import jayson from 'jayson';
import { jsonrpcTests, type RpcClient, type RpcError } from './json-clients.ts';
import { sampleServer } from './sample-server.ts';

interface Response {
  readonly error?: RpcError;
  readonly result?: unknown;
}

function request(client: jayson.Client, method: string, params: object): Promise<Response> {
  return new Promise((resolve, reject) => {
    client.request(method, params as jayson.RequestParamsLike, (failure: unknown, response?: Response) => {
      if (failure) reject(failure as Error);
      else resolve(response ?? {});
    });
  });
}

function rpcClient(client: jayson.Client): RpcClient {
  return {
    call: async (method, params) => {
      const { error, result } = await request(client, method, params);
      if (error) throw new Error(error.message);
      return result;
    },
    error: async (method, params) => {
      const { error } = await request(client, method, params);
      if (error === undefined) throw new Error('the call did not end in an error');
      return error;
    },
  };
}

describe('npm jayson', () => {
  const server = sampleServer();
  let client: jayson.Client;
  before(() => {
    const { hostname, port } = new URL(server());
    client = jayson.Client.http({ hostname, port: Number(port), path: '/jsonrpc' });
  });

  jsonrpcTests(() => rpcClient(client));

  it('sends a batch', async () => {
    const batch = [
      client.request('test.add', { a: 2, b: 3 }),
      client.request('test.fail', { reason: 'a' }),
      client.request('test.add', [4, 5]),
    ];
    const answers = await new Promise<readonly Response[]>((resolve, reject) => {
      client.request(batch, (failure: unknown, responses?: unknown) => {
        if (failure) reject(failure as Error);
        else resolve(responses as readonly Response[]);
      });
    });
    expect(answers.map(({ error, result }) => error?.code ?? result)).to.deep.equal([5, 1002, 9]);
  });
});
