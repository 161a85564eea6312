import { cases } from './cases.ts';
import type { Decoder } from './decoder.ts';
import { decoders } from './decoders.ts';
import { fuzz, reportText } from './fuzz.ts';
import { expectLinear, expectQuick } from './time.ts';

/** Milliseconds for each decoder; `npm run fuzz` takes longer. */
const ms = 10_000;

const seed = Number(process.env['POLYWIRE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe(`hostile: fuzzing each decoder (POLYWIRE_TEST_SEED=${seed})`, () => {
  for (const { name, decoder, found } of cases) {
    it(`${decoder} still stands ${name}`, () => {
      const under = decoders.find((one) => one.name === decoder) as Decoder;
      if ('unit' in found) expectLinear(under, found);
      else {
        expectQuick(under, found);
        under.check(found);
      }
    });
  }

  for (const decoder of decoders) {
    it(`${decoder.name} keeps its properties for ${ms / 1_000} s`, () => {
      const report = fuzz(decoder, { ms, seed, failures: 1 });
      process.stdout.write(`      ${reportText(report)}\n`);
      const { counts, failures } = report;
      if (failures.length > 0) throw new Error(reportText(report));
      const shots = counts.accepted + counts.refused;
      if (shots < 400 || counts.pumped === 0) throw new Error('It hardly ran');
      for (const verdict of ['accepted', 'refused'] as const) {
        if (counts[verdict] < shots / 50) throw new Error(`Of ${shots} inputs only ${counts[verdict]} were ${verdict}`);
      }
    }).timeout(120_000);
  }
});
