import fc from 'fast-check';
import { documents, mutants } from './documents.ts';
import { expectSameReading } from './same-reading.ts';

const numRuns = Number(process.env['XML_RUNS'] ?? 3_000);

describe('XmlScanner against saxes', () => {
  it('reads documents alike', () => {
    fc.assert(fc.property(documents, expectSameReading), { numRuns });
  }).timeout(0);

  it('accepts and refuses mutated documents alike', () => {
    fc.assert(fc.property(mutants, expectSameReading), { numRuns: numRuns * 2 });
  }).timeout(0);
});
