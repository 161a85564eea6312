import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { faultCodes } from '../../lib/fault.ts';
import { callReasons } from '../../lib/gates/verdicts-call-reasons.ts';
import { callerReasons } from '../../lib/gates/verdicts-caller-reasons.ts';
import { doorReasons } from '../../lib/gates/verdicts-door-reasons.ts';
import { repositoryFile } from './repository.ts';
import { canWalk, sectionsOf, Walk } from './walk.ts';

const document = readFileSync(repositoryFile('docs/security.md'), 'utf8');

/** The rows of the table under a heading, without its head. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (.*) \|$/gm)].slice(1).map(([, cells = '']) => cells.split(' | '));
}

describe('docs/security.md', () => {
  it('names a test for each of the ten risks, and each of them exists', () => {
    const source = readFileSync(repositoryFile('test/access/owasp.test.ts'), 'utf8');
    const tests = [...source.matchAll(/^ {2}it\('(API.*?)', /gm)].map(([, title]) => title);
    const rows = rowsUnder('OWASP API Security Top 10 (2023)');
    expect(rows.map(([risk]) => risk?.split(' ')[0])).to.deep.equal(
      Array.from({ length: 10 }, (_, i) => `API${i + 1}`),
    );
    expect(rows.map((cells) => cells[2])).to.deep.equal(tests);
  });

  it('has every gate in the order in which calls come to them, and codes that there are', () => {
    const rows = rowsUnder('The gates, in their order');
    const gates = Object.keys({ ...doorReasons, ...callerReasons, ...callReasons });
    expect(rows.map(([gate]) => gate)).to.deep.equal(gates);
    for (const [gate, , told = ''] of rows) {
      const codes = [...told.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code);
      expect(codes, gate).to.have.length.above(0);
      for (const code of codes) expect(faultCodes, gate).to.include(code);
    }
  });
});

describe('the commands of docs/security.md', function () {
  this.timeout(60_000);
  const walk = new Walk();

  before(async function () {
    if (!(await canWalk())) {
      console.log('      skipped: there is no POSIX shell or no curl here');
      return this.skip();
    }
    await walk.begin();
  });
  after(() => walk.end());

  for (const { heading, steps } of sectionsOf(document)) {
    it(`do what they should: ${heading}`, async () => {
      for (const step of steps) await walk.step(step);
    });
  }
});
