import { expect } from 'chai';
import { BULK_SIZE } from '../../bench/bulk-requests.ts';
import { createdUsers, newUsers } from '../../bench/data.ts';
import { methodCall } from '../../bench/workloads.ts';
import { define, t } from '../../index.ts';
import { type House, openHouse } from '../access/house.ts';
import { BulkProcess } from './bulk-process.ts';
import { bulkParams } from './functions.ts';

const users = newUsers(BULK_SIZE);
const half = newUsers(BULK_SIZE / 2);
const body = 64 * 1_048_576;

describe('many large calls', function () {
  this.timeout(120_000);
  let child: BulkProcess;
  before(async () => {
    child = await BulkProcess.start({ limits: { deadline: 60_000 } });
  });
  after(() => child.stop());

  it('in one batch, with small and wrong ones between them', async () => {
    const wrong = half.with(19_999, { ...(half[0] as (typeof half)[0]), mailformat: 7 });
    const calls = [
      { method: 'sample.create_users', params: { users: half } },
      { method: 'bulk.counted', params: [half.slice(0, 3)] },
      { method: 'bulk.counted', params: [wrong] },
      { method: 'bulk.counted', params: [half] },
    ];
    const text = JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call })));
    const headers = { 'Content-Type': 'application/json' };
    const answer = await child.send({ path: '/jsonrpc', headers, body: text });
    const [created, small, refused, counted] = JSON.parse(answer.body.toString());
    expect(created).to.deep.equal({ jsonrpc: '2.0', id: 0, result: createdUsers(half) });
    expect(small).to.deep.equal({ jsonrpc: '2.0', id: 1, result: 3 });
    expect(refused.error.data.issues[0].path).to.equal('users/19999/mailformat');
    expect(counted).to.deep.equal({ jsonrpc: '2.0', id: 3, result: 20_000 });
    expect((await child.ask()).ran).to.include({ 'bulk.counted': 2 });
  });

  it('in one multicall', async () => {
    const some = half.slice(0, 12_000);
    const call = (methodName: string, param: readonly object[]) => ({ methodName, params: [param] });
    const calls = [
      call('sample.create_users', some),
      call('bulk.counted', some.slice(0, 3)),
      call('bulk.counted', some),
      call('bulk.nothing', some),
    ];
    const text = methodCall('system.multicall', [calls]);
    const answer = await child.send({ path: '/xmlrpc', headers: { 'Content-Type': 'text/xml' }, body: text });
    const names = answer.body.toString().match(/user\d{4,5}(?=<)/g);
    expect(names).to.deep.equal(some.map(({ username }) => username));
    expect(answer.body.toString()).to.match(
      /<data><value><int>3<\/int><\/value><\/data><\/array><\/value><value><array><data><value><int>12000<\/int>.*unknown-function/,
    );
  });

  it('at a time, each answered with its own', async () => {
    const sizes = [39_000, 1, 20_000, 5_000, 40_000];
    const answers = await Promise.all(
      sizes.map((size) =>
        child.send({
          path: '/rest/sample.create_users',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ users: users.slice(0, size) }),
        }),
      ),
    );
    const results = answers.map(({ body: text }) => JSON.parse(text.toString()).result.length);
    expect(results).to.deep.equal(sizes);
  });
});

describe('a large call with an Idempotency-Key', function () {
  this.timeout(120_000);
  let ran = 0;
  let house: House;
  const imported = define('more.import', {
    description: 'Takes users once.',
    effect: 'write',
    access: { client: 'required' },
    body,
    params: bulkParams,
    returns: t.list(t.object('Imported', { id: t.int(), username: t.string() })),
    handler: ({ users: given }) => {
      ran++;
      return given.map(({ username }, index) => ({ id: index + 1, username }));
    },
  });
  before(async () => {
    house = await openHouse({ kind: 'sqlite', more: [imported] });
  });
  after(() => house.close());

  it('is carried out once, whatever protocol it comes in, and other users are a conflict', async () => {
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Importer' });
    const headers = { 'X-API-Key': secret, 'Idempotency-Key': 'import-1' };
    for (const dialect of ['jsonrpc', 'xmlrpc', 'soap'] as const) {
      const { code, value, text } = await house.call(dialect, 'more.import', { users }, headers);
      expect(code, text.slice(0, 300)).to.equal('ok');
      expect(value).to.deep.equal(createdUsers(users));
    }
    expect(ran).to.equal(1);
    const other = users.with(39_999, { ...(users[39_999] as (typeof users)[0]), lang: 'pt' });
    expect((await house.call('rest', 'more.import', { users: other }, headers)).code).to.equal('conflict');
    expect(ran).to.equal(1);
  });
});
