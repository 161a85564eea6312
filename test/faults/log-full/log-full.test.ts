import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createDatabase, type TestDatabase } from '../../lib/store/databases.ts';
import { within } from '../../processes/patience.ts';
import { open } from '../../processes/site-functions.ts';
import { dialects, SiteProcess } from '../../processes/site-process.ts';
import { Disk, obstacle } from '../disk.ts';
import { throws } from '../misbehaving.ts';
import { expectClean, expectWell, misbehaving } from '../wellbeing.ts';

const settings = { enabledwsfunctions: ['proc.*', 'fault.*'], limits: { floodPerMinute: 0 } };
const why = obstacle();

/** Calls over every protocol, right and wrong ones, while nothing can be noted; the ids of those that were noted in vain. */
async function expectServed(site: SiteProcess): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let round = 0; round < 8; round++) {
    for (const dialect of dialects) {
      const right = await site.call(dialect, open, { text: 'x' });
      const wrong = await site.call(dialect, throws, { what: 'text', later: true });
      expect([right.code, wrong.code], dialect).deep.equal(['ok', 'internal']);
      expectClean(wrong.text);
      ids.push(...[right, wrong].map(({ headers }) => headers.get('x-request-id') ?? ''));
    }
  }
  await expectWell(site.url);
  expect(site.lives).equal(true);
  return ids;
}

(why === undefined ? describe : describe.skip)(`a log on a disk that is full${why ? ` (${why})` : ''}`, function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let disk: Disk;
  let file: string;
  let site: SiteProcess;
  beforeEach(async () => {
    database = await createDatabase('sqlite');
    disk = new Disk();
    disk.mount();
    file = join(disk.folder, 'calls.log');
  });
  afterEach(async () => {
    await site?.stop();
    disk.remove();
    await database.drop();
  });

  const log = (): string => readFileSync(file, 'utf8');

  /** What the log has of a call that is made now. */
  async function expectNotedAgain(): Promise<void> {
    const { headers } = await site.call('rest', open, { text: 'again' });
    await within(3_000, 'it is noted', async () => log().includes(headers.get('x-request-id') ?? ''));
  }

  /** Fills the disk and frees it, twice; every line is whole, and those that were lost are counted. */
  async function expectRecovery(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      await expectNotedAgain();
      disk.fill();
      const served = await expectServed(site);
      await sleep(1_200); // lines for files are gathered for a second at most
      disk.free();
      await expectNotedAgain();
      const lines = log().trimEnd().split('\n');
      const parsed = lines.filter((line) => line.endsWith('}') && line.startsWith('{')).map((line) => JSON.parse(line));
      expect(lines.length - parsed.length, 'lines that the full disk has cut').below(round + 2);
      const lost = parsed.flatMap(
        ({ msg }) => /^(\d+) lines? of the log could not be written$/.exec(msg ?? '')?.[1] ?? [],
      );
      expect(lost, 'it tells of lost lines').length(round + 1);
      const noted = new Set(parsed.map(({ requestId }) => requestId));
      const missing = served.filter((id) => !noted.has(id)).length;
      expect(Number(lost.at(-1)), 'lost lines').within(missing, missing + 30);
    }
  }

  it('costs lines and nothing else, and goes on when there is room: a file', async () => {
    site = await SiteProcess.start({ database: database.url, settings, more: misbehaving, log: file });
    await expectRecovery();
  });

  for (const target of ['stderr', 'stdout'] as const) {
    it(`costs lines and nothing else, and goes on when there is room: ${target} that goes to a file`, async () => {
      const output = openSync(file, 'a');
      const options = { database: database.url, settings, more: misbehaving, log: target };
      site = await SiteProcess.start(options, { [target]: output });
      closeSync(output);
      await expectRecovery();
    });
  }
});

if (why !== undefined) writeSync(2, `A log on a full disk is not tested: ${why}\n`);

describe('a log that nobody takes', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let site: SiteProcess;
  beforeEach(async () => {
    database = await createDatabase('sqlite');
  });
  afterEach(async () => {
    await site?.stop();
    await database.drop();
  });

  it('ends nothing: a device that is always full', async () => {
    site = await SiteProcess.start({ database: database.url, settings, more: misbehaving, log: '/dev/full' });
    await expectServed(site);
  });

  it('ends nothing: a pipe whose reader has ended', async () => {
    site = await SiteProcess.start({ database: database.url, settings, more: misbehaving });
    await expectServed(site);
    site.deafen();
    await expectServed(site);
  });
});
