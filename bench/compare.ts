import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerChild, startServer } from './children.ts';
import { peakMegabytes } from './cpu.ts';
import { withTemporaryFolder, writeScript } from './load.ts';
import { askRightly, inRoundOrder, type Job, progress, run } from './measure.ts';
import type { Options } from './options.ts';
import type { PreparedAnswer } from './servers/constant.ts';
import { CONTESTANTS, type Contestant } from './targets.ts';
import { type BenchRequest, hasWorkload, type Protocol, requestFor, type Workload } from './workloads.ts';

/** One server in one workload of one protocol. */
export interface Cell {
  readonly server: string;
  readonly protocol: Protocol;
  readonly workload: Workload;
}

/** CPU per request in one round, of the server and of the constant server that answers the same bytes. */
export interface Reading {
  readonly own: number;
  readonly constant: number;
}

/** What all rounds gave for a cell; the readings of equal rounds stand at equal places. */
export interface Result extends Cell {
  readonly readings: readonly Reading[];
}

/** Everything the comparison measured. */
export interface Comparison {
  readonly results: readonly Result[];
  readonly peaks: ReadonlyMap<string, number>;
}

interface Measured extends Cell {
  readonly jobs: Readonly<Record<keyof Reading, Job>>;
}

interface Prepared extends Cell, PreparedAnswer {
  readonly child: ServerChild;
  readonly request: BenchRequest;
}

/** Starts all servers, checks every answer, and measures round by round. */
export function compare(options: Options): Promise<Comparison> {
  return withTemporaryFolder(async (folder) => {
    const children = await startContestants(options);
    const prepared = await prepare(cellsOf(options), children);
    const constant = await startConstant(folder, prepared, options.decoding);
    const measured = prepared.map((cell) => withJobs(folder, cell, constant));
    const results = await measureRounds(measured, options);
    const peaks = new Map([...children].map(([name, { pid }]) => [name, peakMegabytes(pid)] as const));
    return { results, peaks };
  });
}

const contestantsOf = ({ servers, protocols }: Options): readonly Contestant[] =>
  CONTESTANTS.filter(
    (contestant) => servers.includes(contestant.name) && contestant.protocols.some((own) => protocols.includes(own)),
  );

/** The cells, servers of one protocol and workload next to each other. */
function cellsOf(options: Options): readonly Cell[] {
  const cells = options.protocols.flatMap((protocol) =>
    options.workloads.flatMap((workload) =>
      contestantsOf(options).flatMap(({ name, protocols }) =>
        protocols.includes(protocol) && hasWorkload(protocol, workload) ? [{ server: name, protocol, workload }] : [],
      ),
    ),
  );
  if (cells.length === 0) throw new Error('No server has these protocols and workloads');
  return cells;
}

async function startContestants(options: Options): Promise<ReadonlyMap<string, ServerChild>> {
  const children = new Map<string, ServerChild>();
  for (const { name } of contestantsOf(options)) {
    progress(`starting ${name}`);
    children.set(name, await startServer(name));
  }
  return children;
}

/** Asks every server once per cell: wrong answers end the benchmark, right ones are what the constant repeats. */
async function prepare(cells: readonly Cell[], children: ReadonlyMap<string, ServerChild>): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (const cell of cells) {
    const child = children.get(cell.server);
    if (child === undefined) throw new Error(`${cell.server} was not started`);
    const request = requestFor(cell.protocol, cell.workload);
    const answer = await askRightly(cell.server, child, [cell.protocol, cell.workload], request);
    const { contentType, body } = answer;
    prepared.push({ ...cell, child, request, key: keyOf(cell), contentType, body });
  }
  return prepared;
}

const keyOf = ({ server, protocol, workload }: Cell): string => `${server}-${protocol}-${workload}`;

/** One process answers for all cells; each has its own path, and the very bytes of its server. */
async function startConstant(folder: string, prepared: readonly Prepared[], decoding: boolean): Promise<ServerChild> {
  const file = join(folder, 'answers.json');
  const answers = prepared.map(({ key, contentType, body }): PreparedAnswer => ({ key, contentType, body }));
  writeFileSync(file, JSON.stringify(answers));
  const constant = await startServer('constant', [file, decoding ? 'decoding' : 'plain']);
  for (const { key, body, request, protocol, workload } of prepared) {
    const asked = { ...request, path: `/c/${key}` };
    const answer = await askRightly('constant', constant, [protocol, workload], asked);
    if (answer.body !== body) throw new Error(`The constant server answers other bytes than ${key}`);
  }
  return constant;
}

function withJobs(folder: string, cell: Prepared, constant: ServerChild): Measured {
  const { server, protocol, workload, child, key, request } = cell;
  const script = writeScript(folder, key, request);
  return {
    server,
    protocol,
    workload,
    jobs: {
      own: { name: key, server: child, path: request.path, script },
      constant: { name: `constant of ${key}`, server: constant, path: `/c/${key}`, script },
    },
  };
}

const SIDES = ['own', 'constant'] as const;

/** Warms everything up for a second, then runs all jobs in every round, a server and its constant one after the other. */
async function measureRounds(measured: readonly Measured[], { rounds, seconds }: Options): Promise<readonly Result[]> {
  const readings = new Map<Measured, Reading[]>(measured.map((cell) => [cell, []]));
  for (const cell of measured) {
    progress(`warming up ${keyOf(cell)}`);
    for (const side of SIDES) await run(cell.jobs[side], 1);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const cell of inRoundOrder(measured, round)) {
      progress(`round ${round} of ${rounds}: ${keyOf(cell)}`);
      readings.get(cell)?.push(await readBoth(cell, round, seconds));
    }
  }
  progress('');
  return measured.map((cell) => ({ ...cell, readings: readings.get(cell) ?? [] }));
}

async function readBoth({ jobs }: Measured, round: number, seconds: number): Promise<Reading> {
  const reading = { own: Number.NaN, constant: Number.NaN };
  for (const side of inRoundOrder(SIDES, round)) reading[side] = await run(jobs[side], seconds);
  return reading;
}
