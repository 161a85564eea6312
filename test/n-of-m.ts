import type { Context, RootHookObject, Suite, Test } from 'mocha';

function testsOf(suite: Suite): readonly Test[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

/** What became of a test that does not hold: one that a broken hook kept from running has no state. */
function fateOf(test: Test): string {
  return test.isPending() ? 'skipped' : (test.state ?? 'not run');
}

/** Every test that does not hold by its name; those that never ran, by their suites. */
function report(tests: readonly Test[]): readonly string[] {
  const ran = tests.filter((test) => fateOf(test) !== 'not run').map((test) => `${fateOf(test)}: ${test.fullTitle()}`);
  const suites = new Map<string, number>();
  for (const test of tests) {
    const title = test.parent?.fullTitle() ?? '';
    if (fateOf(test) === 'not run') suites.set(title, (suites.get(title) ?? 0) + 1);
  }
  return [...ran, ...[...suites].map(([title, count]) => `not run: ${title} (${count})`)];
}

/** Ends a suite's run with how many of how many tests hold: nothing is skipped silently. */
export const mochaHooks: RootHookObject = {
  afterAll(this: Context) {
    const root = this.test?.parent;
    if (root === undefined) throw new Error('there is no root suite');
    const all = testsOf(root);
    const wrong = all.filter((test) => fateOf(test) !== 'passed');
    process.stdout.write(`\n${all.length - wrong.length} of ${all.length}\n`);
    for (const line of report(wrong)) process.stdout.write(`  ${line}\n`);
  },
};
