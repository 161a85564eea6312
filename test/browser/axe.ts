import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

interface Found {
  readonly violations: readonly Violation[];
  readonly passes: number;
}

const run = `axe.run(document, { resultTypes: ['violations'] })
  .then(({ violations, passes }) => ({ violations, passes: passes.length }))`;

/** What axe-core has said of every state that it has looked at. */
const looked: { readonly state: string; readonly found: Found }[] = [];

/** What axe-core finds serious or critical on a page, a line for each place. */
export async function violationsAt(page: Page, state: string): Promise<readonly string[]> {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe);
  const found = (await page.evaluate(run)) as Found;
  looked.push({ state, found });
  return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(linesOf);
}

function linesOf({ id, impact, nodes }: Violation): readonly string[] {
  return nodes.map(({ target, failureSummary }) => `${impact}: ${id} at ${target}: ${failureSummary}`);
}

/** States, rules that held, and violations by their impact: said at the end, whatever became of the tests. */
function summary(): string {
  const violations = looked.flatMap(({ state, found }) => found.violations.map((one) => ({ ...one, state })));
  const count = (wanted: string): number => violations.filter(({ impact }) => impact === wanted).length;
  const passes = looked.reduce((sum, { found }) => sum + found.passes, 0);
  const counts = ['critical', 'serious', 'moderate', 'minor'].map((impact) => `${count(impact)} ${impact}`);
  const lines = violations.map((one) => `  ${one.state}: ${linesOf(one).join('; ')}`);
  return [
    `axe-core: ${looked.length} states, ${passes} rules held; violations: ${counts.join(', ')}`,
    ...lines,
    '',
  ].join('\n');
}

process.once('exit', () => {
  if (looked.length > 0) process.stdout.write(summary());
});
