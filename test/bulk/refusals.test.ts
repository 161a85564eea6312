import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { BULK_SIZE } from '../../bench/bulk-requests.ts';
import { newUsers } from '../../bench/data.ts';
import type { Answer } from '../../client/client.ts';
import { createUsers } from '../../services/sample/records.ts';
import { BulkProcess } from './bulk-process.ts';
import { type Dialect, dialects, requestOf } from './dialects.ts';
import { broken, counted, hurried } from './functions.ts';
import { readAnswer } from './read-answer.ts';

const users = newUsers(BULK_SIZE);

/** The paths of what is wrong; XML-RPC has them in its one text. */
function pathsOf(answer: Answer): readonly string[] {
  if (answer.ok) return [];
  if (answer.issues.length > 0) return answer.issues.map(({ path }) => path);
  const listed = /\[(.*)\]/.exec(answer.message)?.[1] ?? '';
  return listed.split('; ').map((issue) => issue.split(':', 1)[0] ?? '');
}

/** The users, some of which have a mailformat that there is not. */
function withWrong(indexes: readonly number[], mailformat: number) {
  return users.map((user, index) => (indexes.includes(index) ? { ...user, mailformat } : user));
}

describe('a large call that is refused', function () {
  this.timeout(120_000);
  let child: BulkProcess;
  before(async () => {
    child = await BulkProcess.start({ limits: { deadline: 60_000 } });
  });
  after(() => child.stop());

  const ranOf = async (name: string) => (await child.ask()).ran[name] ?? 0;

  /** The paths of what is wrong with a call of `bulk.counted`; it must not run. */
  async function wrongIn(dialect: Dialect, body: (text: string) => string, sent = users) {
    const before = await ranOf('bulk.counted');
    const request = requestOf(dialect, 'bulk.counted', sent);
    const answer = readAnswer(dialect, counted, await child.send({ ...request, body: body(request.body) }));
    expect(answer, JSON.stringify(answer).slice(0, 300)).to.include({ ok: false, code: 'invalid-params' });
    expect(await ranOf('bulk.counted')).to.equal(before);
    return pathsOf(answer);
  }
  const asItIs = (body: string) => body;

  for (const dialect of dialects) {
    it(`names the last item where that does not fit, over ${dialect}`, async () => {
      const paths = await wrongIn(dialect, asItIs, withWrong([BULK_SIZE - 1], 7));
      expect(paths).to.deep.equal(['users/39999/mailformat']);
    });

    it(`names the last item where that cannot be read, over ${dialect}`, async () => {
      const paths = await wrongIn(dialect, asItIs, withWrong([BULK_SIZE - 1], 0.5));
      expect(paths).to.deep.equal(['users/39999/mailformat']);
    });

    it(`names 20 items at most, over ${dialect}`, async () => {
      const wrong = Array.from({ length: 25 }, (_, i) => 1_500 * i + 100);
      const paths = await wrongIn(dialect, asItIs, withWrong(wrong, 7));
      expect(paths).to.deep.equal(wrong.slice(0, 20).map((index) => `users/${index}/mailformat`));
    });

    it(`is not run when its deadline passes while it is read, over ${dialect}`, async () => {
      const before = await ranOf('bulk.hurried');
      const answer = readAnswer(dialect, hurried, await child.send(requestOf(dialect, 'bulk.hurried', users)));
      expect(answer).to.include({ ok: false, code: 'timeout' });
      expect(await ranOf('bulk.hurried')).to.equal(before);
    });

    it(`is read no further once its caller has gone, over ${dialect}`, async () => {
      const before = await ranOf('bulk.counted');
      const gone = () => child.log.split('"gate":"caller"').length;
      const earlier = gone();
      await child.abandon(requestOf(dialect, 'bulk.counted', users));
      for (let i = 0; i < 400 && gone() === earlier; i++) await sleep(25);
      expect(gone(), child.log.slice(-500)).to.equal(earlier + 1);
      expect(await ranOf('bulk.counted')).to.equal(before);
    });

    it(`has a long result checked to its last item, over ${dialect}`, async () => {
      const request = requestOf(dialect, 'bulk.broken', []);
      const body = withoutParams(dialect, request.body);
      const answer = readAnswer(dialect, broken, await child.send({ ...request, body }));
      expect(answer).to.include({ ok: false, code: 'invalid-result' });
      expect(pathsOf(answer)).to.deep.equal(['19999/username']);
    });
  }

  it('has too many users', async () => {
    const sent = newUsers(BULK_SIZE + 1);
    const answer = readAnswer('rest', createUsers, await child.send(requestOf('rest', 'sample.create_users', sent)));
    expect(answer.ok ? [] : answer.issues).to.deep.equal([
      { path: 'users', code: 'length', message: 'must have at most 40000 items' },
    ]);
  });

  it('is not JSON, and says where', async () => {
    const request = requestOf('rest', 'bulk.counted', users);
    const at = request.body.lastIndexOf('"username"');
    const body = `${request.body.slice(0, at)}\n ${request.body.slice(at + 1)}`;
    const answer = readAnswer('rest', counted, await child.send({ ...request, body }));
    expect(answer).to.include({ ok: false, code: 'malformed', message: 'The text is not JSON: line 2, column 2' });
  });

  it('gives a name twice, and says where', async () => {
    const request = requestOf('jsonrpc', 'bulk.counted', users);
    const at = request.body.lastIndexOf('"username"');
    const body = `${request.body.slice(0, at)}"lang":"pt",${request.body.slice(at)}`;
    const answer = readAnswer('jsonrpc', counted, await child.send({ ...request, body }));
    expect(answer).to.include({ ok: false, code: 'invalid-request' });
    expect(pathsOf(answer)).to.deep.equal(['params/users/39999/lang']);
  });
});

function withoutParams(dialect: Dialect, body: string): string {
  switch (dialect) {
    case 'rest':
      return '{}';
    case 'jsonrpc':
      return body.replace('"params":{"users":[]}', '"params":{}');
    case 'mcp':
      return body.replace('"arguments":{"users":[]}', '"arguments":{}');
    case 'xmlrpc':
      return body.replace(/<params>.*<\/params>/, '');
    default:
      return body.replace('<users></users>', '');
  }
}
