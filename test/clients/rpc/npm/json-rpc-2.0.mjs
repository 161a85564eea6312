/** npm json-rpc-2.0, over fetch */
import { JSONRPCClient } from 'json-rpc-2.0';
import { check, equal, jsonrpcAnswers, jsonrpcValues } from './report.mjs';

function connect(headers = {}) {
  const client = new JSONRPCClient(async (request) => {
    const response = await fetch(`${process.argv[2]}/jsonrpc`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(request),
    });
    client.receive(await response.json());
  });
  return (method, params) => client.request(method, params);
}

const call = connect();
await jsonrpcValues(call);
await jsonrpcAnswers(call, 'JSONRPCErrorException');
await check('token', async () => {
  equal(await connect({ Authorization: `Bearer ${process.env.POLYWIRE_TOKEN}` })('edges.who', {}), 'ana');
});
