import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { repositoryFile } from '../../documentation/repository.ts';
import { type Beyond, hardeningDocument, settingDefaults } from './document.ts';
import { groups } from './groups.ts';
import type { Attempt, Cell, Row } from './row.ts';

const rows = groups.flatMap((group) => group.rows);
const tried = new Map<Row, Beyond>();

/** Attempts that begin when the first of them is asked for, all at once where they mostly wait. */
function attemptsOf({ cells, settings = {}, patient }: Row): (cell: Cell) => Promise<Attempt> {
  const running = new Map<Cell, Promise<Attempt>>();
  return (cell) => {
    for (const one of patient ? cells : [cell]) {
      if (running.has(one)) continue;
      const attempt = one.attempt(settings);
      attempt.catch(() => {}); // whoever asks for it hears of it
      running.set(one, attempt);
    }
    return running.get(cell) as Promise<Attempt>;
  };
}

describe('hostile: limits', () => {
  for (const row of rows) {
    describe(row.limit, () => {
      const attempt = attemptsOf(row);
      for (const cell of row.cells) {
        it(`${cell.over} reaches it and is refused beyond it`, async () => {
          const { at, beyond } = await attempt(cell);
          expect(at, 'at the limit').to.deep.equal({ status: 200 });
          expect(beyond.code, JSON.stringify(beyond)).to.equal(cell.code ?? row.code);
          if (beyond.code === undefined) expect(beyond.status).to.be.oneOf([0, 400, 408, 431]);
          tried.set(row, [...(tried.get(row) ?? []), { over: cell.over, came: beyond }]);
        });
      }
    });
  }

  describe('the document', () => {
    it('has a row for each limit among the settings', () => {
      const named = rows.flatMap(({ value }) => ('setting' in value ? [value.setting] : []));
      expect([...settingDefaults.keys()].filter((name) => !named.includes(name))).to.deep.equal([]);
      expect(named.filter((name) => !settingDefaults.has(name))).to.deep.equal([]);
    });

    it('docs/hardening.md says what came back (WRITE_DOCS=1 writes it anew)', () => {
      for (const row of rows) expect(tried.get(row) ?? [], `${row.limit} was tried`).to.have.length(row.cells.length);
      const file = repositoryFile('docs/hardening.md');
      if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, hardeningDocument(tried));
      expect(readFileSync(file, 'utf8')).to.equal(hardeningDocument(tried));
    });
  });
});
