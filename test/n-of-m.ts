import type { Context, RootHookObject, Suite, Test } from 'mocha';

function testsOf(suite: Suite): readonly Test[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

/** What became of a test that does not hold: one that a broken hook kept from running has no state. */
function fateOf(test: Test): string {
  return test.isPending() ? 'skipped' : (test.state ?? 'not run');
}

/** Ends a suite's run with how many of how many tests hold, each other one by its name: nothing is skipped silently. */
export const mochaHooks: RootHookObject = {
  afterAll(this: Context) {
    const root = this.test?.parent;
    if (root === undefined) throw new Error('there is no root suite');
    const all = testsOf(root);
    const wrong = all.filter((test) => fateOf(test) !== 'passed');
    process.stdout.write(`\n${all.length - wrong.length} of ${all.length}\n`);
    for (const test of wrong) process.stdout.write(`  ${fateOf(test)}: ${test.fullTitle()}\n`);
  },
};
