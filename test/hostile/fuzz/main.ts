import { parseArgs } from 'node:util';
import { decoders } from './decoders.ts';
import { fuzz, reportText } from './fuzz.ts';

const usage = 'npm run fuzz -- [--minutes N] [--decoder NAME] [--seed S]';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, decoder: { type: 'string' }, seed: { type: 'string' } },
});
const ms = Number(values.minutes) * 60_000;
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const chosen = decoders.filter(({ name }) => values.decoder === undefined || name === values.decoder);

if (!(ms > 0) || !Number.isInteger(seed) || chosen.length === 0) {
  process.stderr.write(`${usage}\n  decoders: ${decoders.map(({ name }) => name).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const decoder of chosen) {
    const report = fuzz(decoder, { ms, seed, failures: 10 });
    process.stdout.write(`${reportText(report)}\n`);
    if (report.failures.length > 0) process.exitCode = 1;
  }
}
