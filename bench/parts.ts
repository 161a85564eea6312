import { execFileSync } from 'node:child_process';
import { type ServerChild, startServer } from './children.ts';
import { gateCosts } from './gate-costs.ts';
import { withTemporaryFolder, writeScript } from './load.ts';
import { askRightly, type Job, measureRounds, progress, type Readings } from './measure.ts';
import type { Options } from './options.ts';
import { conditions, table } from './report.ts';
import { summarise } from './statistics.ts';
import { OURS } from './targets.ts';
import { requestFor } from './workloads.ts';

interface Variant {
  readonly name: string;
  /** The part whose cost it tells. */
  readonly part: string;
  /** What `servers/polywire.ts` takes as its argument. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Whether the variant has the part and the default has not, or the other way round. */
  readonly adds: boolean;
}

/** All gates, validation, result checks, and the log to /dev/null. */
const DEFAULT: Variant = { name: 'default', part: '', change: {}, adds: true };

/** Variants of our server that differ in one part from the default. */
const VARIANTS: readonly Variant[] = [
  DEFAULT,
  { name: 'the same again', part: 'nothing: the noise of this run', change: {}, adds: true },
  { name: 'log off', part: 'the log', change: { log: false }, adds: false },
  { name: 'flood limit off', part: 'the flood limit', change: { floodPerMinute: 0 }, adds: false },
  { name: 'hosts listed', part: '`allowedHosts`', change: { allowedHosts: ['127.0.0.1'] }, adds: true },
  { name: 'addresses listed', part: "the site's address list", change: { addresses: ['127.0.0.0/8'] }, adds: true },
];

/** What the log and the gates cost: variants of our server side by side in REST's W1, where they weigh most. */
export function measureParts(options: Options, day: string): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const request = requestFor('rest', 'W1');
    const script = writeScript(folder, 'rest-W1', request);
    const jobs = new Map<Variant, Job>();
    for (const variant of VARIANTS) {
      const server = await startVariant(variant);
      jobs.set(variant, { name: variant.name, server, path: request.path, script });
    }
    const readings = await measureRounds(jobs, options);
    const parts = [
      `# What the parts cost, ${day}`,
      conditions(options),
      '## Variants of the server',
      explanation,
      variantTable(readings),
      '## Gates and checks by themselves',
      partExplanation,
      await partTable(readings),
    ];
    return `${parts.join('\n\n')}\n`;
  });
}

const explanation =
  'CPU per request of a variant of our server in REST W1 ÷ that of the default in the same round. *Cost* is the share of ' +
  "the default's CPU per request that the part takes, or would take where the default has none; below nought it is noise.";

const partExplanation =
  'Run in a loop in one process, 5 interleaved rounds of 150 ms, as a share of what a whole call of REST W1 costs the ' +
  'default server. A loop is kinder to a part than a server is: read these as the least that each costs.';

async function startVariant({ name, change }: Variant): Promise<ServerChild> {
  progress(`starting ${OURS}, ${name}`);
  const server = await startServer(OURS, [JSON.stringify(change)]);
  await askRightly(name, server, ['rest', 'W1'], requestFor('rest', 'W1'));
  return server;
}

function variantTable(readings: Readings<Variant>): string {
  const defaults = readings.get(DEFAULT) ?? [];
  const rows = [...readings].slice(1).map(([{ name, part, adds }, own]) => {
    const summary = summarise(own.map((reading, round) => reading / (defaults[round] ?? Number.NaN)));
    if (summary === undefined) return [name, 'not measured', part, ''];
    const cost = adds ? summary.median - 1 : 1 - summary.median;
    const ratio = `${summary.median.toFixed(3)} ± ${Math.round(100 * summary.spread)} %`;
    return [name, ratio, part, `${(100 * cost).toFixed(1)} %`];
  });
  return table(['variant', 'CPU ÷ default', 'part', 'cost'], rows);
}

async function partTable(readings: Readings<Variant>): Promise<string> {
  const call = summarise(readings.get(DEFAULT) ?? []);
  const rows = (await gateCosts()).map(({ name, cost }) => {
    if (cost === undefined || call === undefined) return [name, 'not measured'];
    const share = cost.median / (call.median * microsecondsPerTick());
    return [name, `${(100 * share).toFixed(2)} % ± ${Math.round(100 * cost.spread)} %`];
  });
  return table(['part', 'share of a call'], rows);
}

const microsecondsPerTick = (): number => 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
