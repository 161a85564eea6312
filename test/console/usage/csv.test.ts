import { expect } from 'chai';
import fc from 'fast-check';
import { csvOf } from '../../../console/usage/csv.ts';

/** Reads one line of cells back (RFC 4180). */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^",]*)(?:,|\r\n$)/gy)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

describe('console/usage/csv', () => {
  it('writes lines of cells, quoted where they must be', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,y', 1.5],
          ['say "hi"', undefined],
          [null, true],
        ],
      ),
    ).to.equal('a,b\r\n"x,y",1.5\r\n"say ""hi""",\r\n,true\r\n');
  });

  it('makes texts that spreadsheets would carry out harmless', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\n=1', '＝1']) {
      expect(cellsOf(csvOf([text], [])), text).to.deep.equal([`'${text}`]);
    }
  });

  it('leaves numbers what they are', () => {
    expect(csvOf([], [[-5, 0.25, 1e21]])).to.equal('\r\n-5,0.25,1e+21\r\n');
  });

  it('can be read back, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 }), (texts) => {
        const read = cellsOf(csvOf(texts, []));
        expect(read).to.have.length(texts.length);
        for (const [i, text] of read.entries()) {
          expect(text).to.be.oneOf([texts[i], `'${texts[i]}`]);
          expect(text).to.not.match(/^[=+\-@\t\r\n]/);
        }
      }),
    );
  });
});
