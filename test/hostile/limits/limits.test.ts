import { expect } from 'chai';
import type { Attempt, Row } from './row.ts';
import { connectionRows } from './rows/connections.ts';
import { messageRows } from './rows/messages.ts';
import { syntaxRows } from './rows/syntax.ts';

const rows: readonly Row[] = [...connectionRows, ...messageRows, ...syntaxRows];

describe('hostile: limits', () => {
  for (const row of rows) {
    describe(row.limit, () => {
      for (const cell of row.cells) {
        it(`${cell.over} reaches it and is refused beyond it`, async () => {
          const { at, beyond }: Attempt = await cell.attempt(row.settings ?? {});
          expect(at, 'at the limit').to.deep.equal({ status: 200 });
          expect(beyond.code, JSON.stringify(beyond)).to.equal(cell.code ?? row.code);
          if (beyond.code === undefined) expect(beyond.status).to.be.oneOf([0, 408, 431]);
        });
      }
    });
  }
});
