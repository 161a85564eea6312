/** npm @modelcontextprotocol/sdk 1, over streamable HTTP; its packages are where the program is started */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { check, equal, odd, values } from '../rpc/npm/report.mjs';

const require = createRequire(`${process.cwd()}/`);
const load = (name) => import(pathToFileURL(require.resolve(`@modelcontextprotocol/sdk/client/${name}.js`)).href);
const { Client } = await load('index');
const { StreamableHTTPClientTransport } = await load('streamableHttp');

async function connect(headers = {}) {
  const client = new Client({ name: 'test', version: '1' });
  const url = new URL('/mcp', process.argv[2]);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  await client.listTools(); // from then on it holds results against their schemas
  return client;
}

const client = await connect();
const tool = (name, params, by = client) => by.callTool({ name: name.replace('.', '_'), arguments: params });

async function call(name, params, by) {
  const { isError, content, structuredContent } = await tool(name, params, by);
  if (isError) throw new Error(content[0].text);
  return Object.keys(structuredContent).join() === 'result' ? structuredContent.result : structuredContent;
}

async function fault(name, params) {
  const { isError, content } = await tool(name, params);
  equal(isError, true);
  return JSON.parse(content[0].text);
}

await check('echo', async () => equal(await call('test.echo', { string: odd }), odd));
await values(
  (kind, name) => call(`edges.get_${kind}`, { name }),
  (kind, name, value) => call(`edges.put_${kind}`, { name, value }),
);
await check('list-of-one', async () => equal(await call('edges.get_list', { name: 'one' }), ['only']));
await check('default.absent', async () => equal(await call('edges.put_default', { name: 'absent' }), 'exact'));
await check('nothing', async () => equal(await call('edges.nothing', {}), null));
await check('fault.declared', async () => {
  const { code, data } = await fault('test.fail', { reason: odd });
  equal([code, data], ['test-refused', { reason: odd, attempts: 3 }]);
  return 'isError, the error object in the text of its content';
});
await check('fault.params', async () => {
  const { code, issues } = await fault('test.greet', { name: '' });
  equal([code, issues[0].path], ['invalid-params', 'name']);
  return 'isError, the path in the text of its content';
});
await check('token', async () => {
  const known = await connect({ Authorization: `Bearer ${process.env.POLYWIRE_TOKEN}` });
  equal(await call('edges.who', {}, known), 'ana');
  await known.close();
});
await client.close();
