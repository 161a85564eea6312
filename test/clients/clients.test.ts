import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { repositoryFile } from '../documentation/repository.ts';
import { type Attempt, attempt } from './attempt.ts';
import { checksOf } from './client.ts';
import { clients } from './clients.ts';
import { type Column, clientsDocument } from './document.ts';

/** `POLYWIRE_TEST_CLIENT` names the clients to try, by a regular expression; the document then is not looked at. */
const wanted = process.env['POLYWIRE_TEST_CLIENT'];
const tried = clients.filter(({ name }) => wanted === undefined || new RegExp(wanted, 'i').test(name));

const columns: Column[] = [];

for (const client of tried) {
  describe(client.name, () => {
    for (const run of client.runs) {
      describe(run.title, () => {
        let made: Attempt;
        before(async () => {
          made = await attempt(client, run);
          columns.push({ client, run, cells: made.cells });
        });

        it('runs', () => {
          expect(made.trouble).equal('');
        });
        for (const check of checksOf(run)) {
          it(check, () => {
            const cell = made.cells.get(check);
            if (cell?.is === 'wrong') {
              const { request = '', response = '' } = cell.capture ?? {};
              throw new Error(`${cell.note}\n${request.slice(0, 1_500)}\n\n${response.slice(0, 1_500)}`);
            }
            expect(cell?.is).oneOf(['exact', 'loss', 'impossible']);
            if (cell?.is === 'impossible') expect(cell.capture, 'what stood on the wire').not.equal(undefined);
          });
        }
      });
    }
  });
}

if (wanted === undefined) {
  describe('docs/clients.md', () => {
    it('is what came of it (WRITE_DOCS=1 writes it anew)', () => {
      const file = repositoryFile('docs/clients.md');
      const text = clientsDocument(columns);
      if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, text);
      expect(readFileSync(file, 'utf8')).equal(text);
    });
  });
}
