import { expect } from 'chai';
import { databases } from '../../lib/store/databases.ts';
import { runUntil, Scene } from './run.ts';
import { writeNames } from './writes.ts';

/** More statements than a group of writes has. */
const most = 100;

for (const kind of databases) {
  describe(`kill -9 before each statement in turn, on ${kind}`, function () {
    this.timeout(120_000);
    let scene: Scene;
    before(async () => {
      scene = await Scene.make(kind);
    });
    after(() => scene.database.drop());

    it('leaves no half of any write', async () => {
      /** Whether the group was written to its end. */
      const killedBefore = async (statement: number): Promise<boolean> => {
        const groups = [statement - 1, statement] as const;
        const task = { database: scene.url, seed: scene.seed, groups, lanes: 1, endBefore: statement };
        const said = await runUntil(task);
        scene.acknowledge(said);
        return said.length === writeNames.length + 2;
      };
      let statement = 0;
      for (let whole = false; !whole; ) {
        if (statement >= most) throw new Error('no end of statements');
        const ends = await Promise.all([killedBefore(++statement), killedBefore(++statement)]); // there are two cores
        whole = ends.includes(true);
      }
      expect(statement, 'statements').greaterThan(2 * writeNames.length);
      await scene.check(statement, kind === 'sqlite' ? 0 : statement);
    });
  });
}
