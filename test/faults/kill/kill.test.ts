import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import { createDatabase, databases } from '../../lib/store/databases.ts';
import { aUser } from '../../lib/store/records.ts';
import { random, seed } from './random.ts';
import { runUntil, Scene } from './run.ts';
import { writeNames } from './writes.ts';

/** 1,000 writes. */
const groups = 1_000 / writeNames.length;
const lanes = 4;

for (const kind of databases) {
  describe(`kill -9 during 1,000 writes, on ${kind} (POLYWIRE_TEST_SEED=${seed})`, function () {
    this.timeout(60_000);
    const chance = random(seed);
    let scene: Scene;
    beforeEach(async () => {
      scene = await Scene.make(kind);
    });
    afterEach(() => scene.database.drop());

    it('loses nothing that was acknowledged, and leaves no half, five times in a row', async () => {
      for (let round = 0; round < 5; round++) {
        const first = round * groups;
        const task = { database: scene.url, seed: scene.seed, groups: [first, first + groups] as const, lanes };
        const lines = 2 + Math.floor(chance() * 900);
        const said = await runUntil(task, { lines, milliseconds: chance() * 4 });
        expect(said.length, 'killed in the middle').within(lines, 1_001);
        scene.acknowledge(said);
        await scene.check(first + groups, (round + 1) * lanes);
      }
    });

    it('loses nothing where nobody is killed, so that what is looked for can be found', async () => {
      const said = await runUntil({ database: scene.url, seed: scene.seed, groups: [0, groups], lanes });
      expect(said).length(1_002);
      scene.acknowledge(said);
      await scene.check(groups, 0);
    });

    it('leaves tables that can be used where it comes while they are made', async () => {
      for (let round = 0; round < 6; round++) {
        const { url, drop } = await createDatabase(kind);
        try {
          const task = { database: url, seed: { userId: 0, roleId: 0 }, groups: [0, 0] as const, lanes };
          await runUntil(task, { lines: 1, milliseconds: chance() * (kind === 'sqlite' ? 45 : 100) });
          const store = await openStore(url);
          expect(await store.roles.list()).length(2);
          expect((await store.users.create(aUser('ana'))).username).equal('ana');
          await store.close();
        } finally {
          await drop();
        }
      }
    });
  });
}
