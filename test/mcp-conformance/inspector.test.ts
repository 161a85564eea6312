import { expect } from 'chai';
import { sampleFunctions } from '../../services/sample/index.ts';
import { type House, openHouse } from '../access/house.ts';
import { inspect, mustBeInstalled } from './tool.ts';

describe('the inspector of MCP, from its command line', () => {
  let house: House;
  let url: string;
  before(async () => {
    mustBeInstalled();
    const settings = { enabledwsfunctions: ['test.*', 'sample.*'], mcp: { tools: 1_000 } };
    house = await openHouse({ kind: 'sqlite', more: sampleFunctions, settings });
    url = `${house.url}/mcp`;
  });
  after(() => house.close());

  const names = (stdout: string) => (JSON.parse(stdout) as { tools: { name: string }[] }).tools.map(({ name }) => name);
  const structured = (stdout: string) => (JSON.parse(stdout) as { structuredContent: unknown }).structuredContent;
  const call = (name: string, ...words: readonly string[]) =>
    inspect(url, '--method', 'tools/call', '--tool-name', name, ...words);

  it('lists the tools, and finds nothing in their schemas that clients may not take', async () => {
    const { status, stdout, stderr } = await inspect(url, '--method', 'tools/list', '--strict');
    expect(status, stderr).equal(0);
    expect(names(stdout)).include.members(['test_greet', 'test_kinds', 'sample_get_users']);
    expect(stderr).match(/^0 errors, /m);
  });

  it('calls a tool', async () => {
    const { status, stdout, stderr } = await call('test_greet', '--tool-arg', 'name=Ana');
    expect(status, stderr).equal(0);
    expect(structured(stdout)).eql({ result: 'Hello, Ana!' });
  });

  it('is told what failed', async () => {
    const { status, stdout } = await call('test_fail', '--tool-arg', 'reason=no');
    expect(status).equal(5);
    expect(JSON.parse(stdout)).deep.nested.include({
      isError: true,
      '_meta.polywire/error.code': 'test-refused',
      '_meta.polywire/error.data': { reason: 'no', attempts: 3 },
    });
  });

  it('sees and calls by a key what the key may', async () => {
    const { secret } = await house.admin<{ secret: string }>('create_key', { name: 'Robot' });
    const header = ['--header', `X-API-Key: ${secret}`];
    expect(names((await inspect(url, '--method', 'tools/list')).stdout)).not.include('test_client');
    expect(names((await inspect(url, '--method', 'tools/list', ...header)).stdout)).include('test_client');
    const { status, stdout } = await call('test_client', '--tool-arg', 'text=hello', ...header);
    expect({ status, structured: structured(stdout) }).eql({ status: 0, structured: { result: 'hello Robot' } });
  });
});
