/** npm davexmlrpc */
import davexmlrpc from 'davexmlrpc';
import { check, equal, fault, Impossible, values, xmlrpcAnswers } from './report.mjs';

process.env.TZ = 'UTC'; // XML-RPC names no zone: this client takes its own, the server means UTC

const call = (method, ...params) =>
  new Promise((resolve, reject) => {
    davexmlrpc.client(`${process.argv[2]}/xmlrpc`, method, params, 'xml', (fault, value) =>
      fault === undefined ? resolve(value) : reject(fault),
    );
  });

await values(
  (kind, name) => call(`edges.get_${kind}`, name),
  (kind, name, value) => call(`edges.put_${kind}`, name, kind === 'bytes' ? Buffer.from(value) : value),
  {
    'float.large': 'davexmlrpc writes every whole number as i4, whatever its size',
    'bytes.all': 'davexmlrpc makes UTF-8 text of base64 and loses what is none',
    'json.any': 'davexmlrpc reads nil as a struct with a member nil',
  },
);
await xmlrpcAnswers(call, 'a struct');
await check('token', async () => {
  const { faultString } = await fault(call('edges.who'));
  equal(faultString.split(':')[0], 'unauthenticated');
  throw new Impossible('davexmlrpc sends no headers but its own');
});
