import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { GatheredLines } from '../../lib/gathered-lines.ts';
import { LineFile } from '../../lib/line-file.ts';

/** A line: what it begins with, how often that is repeated, and whether it is in one part. */
const line = fc.record({
  head: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom('{"a":', '{"ö":', 'x'.repeat(5_000), 'é'.repeat(40_000)),
  ),
  times: fc.integer({ min: 1, max: 30 }),
  whole: fc.boolean(),
});

describe('lib/gathered-lines', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polywire-lines-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const gather = (name: string) => {
    const path = join(folder, name);
    return { lines: new GatheredLines(new LineFile(openSync(path, 'a'))), written: () => readFileSync(path) };
  };

  it('writes every line whole and in order, in one part or in two', () => {
    let count = 0;
    const holds = (given: readonly { head: string; times: number; whole: boolean }[]) => {
      const { lines, written } = gather(String(count++));
      let expected = '';
      for (const { head, times, whole } of given) {
        for (let i = 0; i < times; i++) {
          const end = `${i}}\n`;
          if (whole) lines.write(head + end);
          else lines.add(head, end);
          expected += head + end;
        }
      }
      lines.flush();
      expect(written().equals(Buffer.from(expected))).to.equal(true);
    };
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), holds), { numRuns: 100 });
  });

  it('gathers until there is enough for one write', () => {
    const { lines, written } = gather('few');
    lines.add('a', '\n');
    lines.add('a', '\n');
    expect(written()).to.have.length(0);
    for (let i = 0; i < 20_000; i++) lines.add('a', '\n');
    expect(written().length).to.be.greaterThan(30_000);
    lines.flush();
    expect(written()).to.have.length(2 * 20_002);
  });
});
