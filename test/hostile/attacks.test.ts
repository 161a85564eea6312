import { expect } from 'chai';
import { assault, described, growth } from './assault.ts';
import type { AttackClass } from './attack.ts';
import { attackClasses } from './attacks/index.ts';
import { SiteProcess } from './site-process.ts';
import { storm } from './storm.ts';

let site: SiteProcess;

function oneByOne({ name, attacks }: AttackClass): void {
  describe(name, () => {
    for (const attack of attacks) {
      for (const endpoint of attack.on) {
        it(`${attack.name}: ${endpoint}`, async () => {
          expect(described(await assault(attack, endpoint, site))).to.deep.equal([]);
        });
      }
    }
  });
}

function together({ name, attacks }: AttackClass): void {
  describe(name, () => {
    const passing = storm(attacks);
    before(() => passing.begin(site));
    for (const { attack, endpoint, violations } of passing.parts) {
      it(`${attack.name}: ${endpoint}`, () => {
        expect(described(violations())).to.deep.equal([]);
      });
    }
    it('all of them at once, and those who call meanwhile', () => {
      expect(described(passing.violations())).to.deep.equal([]);
    });
  });
}

describe('under attack', () => {
  let memory = 0;
  before(async () => {
    site = await SiteProcess.start('serve');
    memory = await site.memory();
  });
  after(() => site.stop());

  for (const kind of attackClasses) (kind.together ? together : oneByOne)(kind);

  describe('after all of that', () => {
    it('has not become much larger', async () => {
      expect(await growth(site, memory, await site.memory())).to.be.below(128 * 1_048_576);
    });

    it('has said nothing on its standard error', () => {
      expect(site.errors).to.equal('');
    });
  });
});
