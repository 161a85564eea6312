/** npm jayson */
import jayson from 'jayson';
import { check, equal, jsonrpcAnswers, jsonrpcValues } from './report.mjs';

function connect(headers = {}) {
  const { hostname, port } = new URL(process.argv[2]);
  const client = jayson.Client.http({ hostname, port, path: '/jsonrpc', headers });
  return (method, params) =>
    new Promise((resolve, reject) => {
      client.request(method, params, (failure, error, result) =>
        (failure ?? error) ? reject(failure ?? error) : resolve(result),
      );
    });
}

const call = connect();
await jsonrpcValues(call);
await jsonrpcAnswers(call, 'an object');
await check('token', async () => {
  equal(await connect({ Authorization: `Bearer ${process.env.POLYWIRE_TOKEN}` })('edges.who', {}), 'ana');
});
