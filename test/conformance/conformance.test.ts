import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { faultCodes } from '../../index.ts';
import { conformanceDocument, count, documentPath } from './document.ts';
import { columns } from './edge.ts';
import { faultCases } from './fault-cases.ts';
import { type RunFault, runFaults } from './fault-run.ts';
import { protocolColumns } from './protocols.ts';
import { type RunRow, runTable } from './run.ts';
import { kinds, table } from './table.ts';

let rows: readonly RunRow[] = [];
let faults: readonly RunFault[] = [];

/** Fails with every cell of a row that is not as the table says. */
function passes(outcomes: ReadonlyMap<string, string | undefined> | undefined): void {
  if (outcomes === undefined) throw new Error('the row was not run');
  const wrong = [...outcomes].filter(([, outcome]) => outcome !== undefined);
  if (wrong.length > 0) throw new Error(wrong.map(([column, outcome]) => `${column}: ${outcome}`).join('\n    '));
}

describe('conformance', () => {
  before(async function () {
    this.timeout(60_000);
    rows = await runTable();
    faults = await runFaults();
  });

  for (const kind of kinds) {
    describe(kind, () => {
      for (const [index, edge] of table.entries()) {
        if (edge.kind === kind) it(edge.name, () => passes(rows[index]?.outcomes));
      }
    });
  }

  describe('faults', () => {
    for (const [index, one] of faultCases.entries()) {
      it(`${one.code}: ${one.name}`, () => passes(faults[index]?.outcomes));
    }

    it('leaves out no code', () => {
      const told = new Set<string>(faultCases.map(({ code }) => code));
      // A function that is off must not be told from one that does not exist (DESIGN §4).
      expect(faultCodes.filter((code) => !told.has(code))).to.deep.equal(['function-off']);
    });
  });

  it('leaves out no cell', () => {
    for (const { edge, outcomes } of rows) {
      for (const column of columns) {
        const { is } = edge.cells[column];
        expect(outcomes.has(column), `${edge.kind}: ${edge.name}: ${protocolColumns[column].title}`).to.equal(
          is !== 'impossible',
        );
      }
    }
  });

  it(`is what ${documentPath} says`, async () => {
    const found = await readFile(resolve(documentPath), 'utf8').catch(() => '');
    const text = conformanceDocument(rows, faults);
    const values = count(rows);
    if (found.replaceAll('\r\n', '\n') !== text) {
      throw new Error(
        `${documentPath} is not what is true now (${values.right} of ${values.all}); write it again with node dist/test/conformance/document.js --write`,
      );
    }
  });
});
