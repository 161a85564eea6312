/** npm xmlrpc */
import xmlrpc from 'xmlrpc';
import { check, equal, values, xmlrpcAnswers } from './report.mjs';

process.env.TZ = 'UTC'; // XML-RPC names no zone: this client takes its own, the server means UTC

/** JavaScript's numbers do not tell floats from integers: the client's own way to say which. */
class Double extends xmlrpc.CustomType {
  tagName = 'double';
}

function connect(headers = {}) {
  const client = xmlrpc.createClient({ url: `${process.argv[2]}/xmlrpc`, headers });
  return (method, ...params) =>
    new Promise((resolve, reject) => {
      client.methodCall(method, params, (fault, value) => (fault ? reject(fault) : resolve(value)));
    });
}

const call = connect();
await values(
  (kind, name) => call(`edges.get_${kind}`, name),
  (kind, name, value) => call(`edges.put_${kind}`, name, kind === 'float' ? new Double(value) : value),
);
await xmlrpcAnswers(call, 'an Error');
await check('token', async () => {
  const known = connect({ Authorization: `Bearer ${process.env.POLYWIRE_TOKEN}` });
  equal(await known('edges.who'), 'ana');
});
