import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { scenarios } from '../mcp-conformance/scenarios.ts';
import { repositoryFile } from './repository.ts';
import { stepsOf } from './shell.ts';
import { canWalk, sectionsOf, Walk } from './walk.ts';

const document = readFileSync(repositoryFile('docs/mcp.md'), 'utf8');

describe('docs/mcp.md', function () {
  this.timeout(60_000);
  const walk = new Walk();

  before(async function () {
    if (!(await canWalk())) {
      console.log('      skipped: there is no POSIX shell or no curl here');
      return this.skip();
    }
    await walk.begin();
    for (const step of stepsOf(document.split(/^## /m)[0] ?? '')) await walk.step(step);
  });
  after(() => walk.end());

  for (const { heading, steps } of sectionsOf(document)) {
    it(`is so as printed: ${heading}`, async () => {
      for (const step of steps) await walk.step(step);
    });
  }

  it('counts the scenarios that apply', () => {
    const text = document.replace(/\s+/g, ' ');
    for (const [revision, sorts] of Object.entries(scenarios)) {
      const all = Object.values(sorts);
      const ours = all.filter((sort) => sort === 'applies').length;
      expect(text).match(
        new RegExp(`at ${revision},? ${ours} of ${ours} [^;.]*hold and ${all.length - ours} do not apply`),
      );
    }
  });
});
