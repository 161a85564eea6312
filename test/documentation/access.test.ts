import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { defaultChain } from '../../lib/auth/auth-settings.ts';
import { commandTable, functionTable, withTable } from './access-tables.ts';
import { repositoryFile } from './repository.ts';
import { blocksOf, stepsOf } from './shell.ts';
import { canWalk, sectionsOf, Walk } from './walk.ts';

const file = repositoryFile('docs/access.md');
/** The document; its date, which is to come, stays one. */
const document = readFileSync(file, 'utf8').replaceAll('2027-03-01', '2099-03-01');

describe('docs/access.md', function () {
  this.timeout(60_000);
  const walk = new Walk();

  before(async function () {
    if (!(await canWalk())) {
      console.log('      skipped: there is no POSIX shell or no curl here');
      return this.skip();
    }
    for (const program of blocksOf(document, 'js')) {
      const [, name = ''] = /^\/\/ (\S+)\n/.exec(program) ?? [];
      walk.project.write(name, program);
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
});

describe('the tables of docs/access.md', () => {
  it('are what the functions and the command line say (WRITE_DOCS=1 writes them anew)', async () => {
    const written = readFileSync(file, 'utf8');
    const tables = withTable(written, 'admin functions', await functionTable());
    const whole = withTable(tables, 'commands', await commandTable());
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, whole);
    expect(readFileSync(file, 'utf8')).to.equal(whole);
  });

  it('name the chain of a site that says nothing', () => {
    const names = defaultChain.map(({ name }) => `\`${name}\``);
    const told = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    expect(readFileSync(file, 'utf8').replace(/\s+/g, ' ')).to.contain(`Left alone it is ${told};`);
  });
});
