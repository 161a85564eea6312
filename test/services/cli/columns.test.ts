import { expect } from 'chai';
import fc from 'fast-check';
import { fittedTable } from '../../../services/cli/columns.ts';

describe('a table of the command line', () => {
  const columns = [
    { head: 'ID', whole: true },
    { head: 'NOTES', whole: false },
    { head: 'EMPTY', whole: false },
    { head: 'FUNCTIONS', whole: false },
  ];

  it('leaves out empty columns, aligns the others and cuts the widest that need not stay whole', () => {
    const id = 'k'.repeat(20);
    const text = fittedTable(columns, [[id, 'n'.repeat(90), '', 'a, b']], 80);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).to.match(/^ID {20}NOTES +FUNCTIONS$/);
    expect(lines[1]?.startsWith(`${id}  nnn`)).to.equal(true);
    expect(lines[1]).to.match(/n…\s+a, b$/);
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(80);
  });

  it('fits its width whatever the cells hold, and never cuts what people copy', () => {
    const cells = fc.tuple(fc.string({ maxLength: 24 }), fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }));
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 5 }), (rows) => {
        const table = rows.map(([id, notes, functions]) =>
          [id, notes, '', functions].map((cell) => cell.replace(/\s/g, 'x')),
        );
        const lines = fittedTable(columns, table, 80).split('\n').slice(1);
        for (const [i, row] of table.entries()) {
          expect(lines[i]?.length).to.be.at.most(80);
          expect(lines[i]?.startsWith(row[0] ?? '')).to.equal(true);
        }
      }),
    );
  });
});
