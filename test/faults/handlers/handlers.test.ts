import { expect } from 'chai';
import type { Infer } from '../../../index.ts';
import { createDatabase, type TestDatabase } from '../../lib/store/databases.ts';
import { dialects, type Ending, SiteProcess } from '../../processes/site-process.ts';
import { flood, floodNames, hang, type health, list, oddNames, text, throws } from '../misbehaving.ts';
import { expectCaught, expectClean, expectNoted, expectWell, misbehaving } from '../wellbeing.ts';

const mebibyte = 1_048_576;

describe('functions that misbehave', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let site: SiteProcess;

  before(async () => {
    database = await createDatabase('sqlite');
    const settings = { enabledwsfunctions: ['proc.*', 'fault.*'], limits: { deadline: 400 } };
    site = await SiteProcess.start({ database: database.url, settings, more: misbehaving });
  });
  after(async () => {
    await site?.stop();
    await database.drop();
  });
  afterEach(async () => {
    await expectWell(site.url);
    expectCaught(site.log);
  });

  const healthOf = () => site.ask<Infer<typeof health.returns>>('fault.health');

  /** All have ended with one of these codes, tell nothing of our inside, and are in the log. */
  async function expectEndings(endings: readonly Ending[], ...codes: readonly string[]): Promise<void> {
    for (const { code, text: body } of endings) {
      expect(code, body.slice(0, 300)).oneOf(codes);
      expectClean(body);
    }
    await expectNoted(() => site.log, endings);
  }

  for (const dialect of dialects) {
    it(`never return: the deadline answers, and the function is told, over ${dialect}`, async () => {
      const { aborted } = await healthOf();
      const begin = performance.now();
      const calls = Array.from({ length: 20 }, () => site.call(dialect, hang, {}));
      await expectWell(site.url);
      const endings = await Promise.all(calls);
      expect(performance.now() - begin).within(390, 1_500);
      await expectEndings(endings, 'timeout');
      expect((await healthOf()).aborted).equal(aborted + 20);
    });

    it(`throw what is no Error, at once and later, over ${dialect}`, async () => {
      const endings: Ending[] = [];
      for (const what of oddNames) {
        for (const later of [false, true]) endings.push(await site.call(dialect, throws, { what, later }));
      }
      await expectEndings(endings, 'internal');
    });

    it(`flood their result with what has no end, over ${dialect}`, async () => {
      const endings: Ending[] = [];
      for (const what of floodNames) endings.push(await site.call(dialect, flood, { what }));
      await expectEndings(endings, 'internal', 'invalid-result');
    });

    it(`give 200,000 items: all of them are told, over ${dialect}`, async () => {
      const ending = await site.call(dialect, list, { items: 200_000 });
      await expectEndings([{ ...ending, text: '' }], 'ok');
      expect((ending.value as readonly string[]).at(-1)).equal('item 199999');
      expect(ending.value).length(200_000);
    });

    it(`give a text of 64 MiB: it is told whole or refused, and let go of, over ${dialect}`, async () => {
      const { resident } = await healthOf();
      const ending = await site.call(dialect, text, { length: 64 * mebibyte });
      expect(ending.code).equal('ok');
      expect(ending.value === 'x'.repeat(64 * mebibyte), 'the whole text').equal(true);
      await expectEndings([{ ...ending, text: '' }], 'ok');
      expect((await healthOf()).resident - resident, 'bytes').below(600 * mebibyte);
    });

    it(`give a text that becomes longer than any text can be, over ${dialect}`, async () => {
      await expectEndings([await site.call(dialect, text, { length: 536_870_880 })], 'internal', 'invalid-result');
    });
  }
});
