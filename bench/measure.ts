import { type Answer, answerFault } from './answers.ts';
import type { ServerChild } from './children.ts';
import { cpuTicks, waitForIdle } from './cpu.ts';
import { load } from './load.ts';
import type { Options } from './options.ts';
import type { BenchRequest, Protocol, Workload } from './workloads.ts';

/** One server under one load. */
export interface Job {
  readonly name: string;
  readonly server: ServerChild;
  readonly path: string;
  readonly script: string;
}

/** Sends a request once and gives the answer. */
export async function ask(server: ServerChild, request: BenchRequest): Promise<Answer> {
  const response = await fetch(server.origin + request.path, {
    method: 'POST',
    headers: request.headers,
    body: request.body,
  });
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, contentType, body: await response.text() };
}

/** Sends a request once and gives the answer, which must be right. */
export async function askRightly(
  name: string,
  server: ServerChild,
  [protocol, workload]: readonly [Protocol, Workload],
  request: BenchRequest,
): Promise<Answer> {
  const answer = await ask(server, request);
  const fault = answerFault(protocol, workload, answer);
  if (fault !== undefined) throw new Error(`${name} answers ${protocol} ${workload} wrongly: ${fault}`);
  return answer;
}

/** Runs one job and gives the server's CPU per request in ticks; not a number when the run is worth nothing. */
export async function run({ name, server, path, script }: Job, seconds: number): Promise<number> {
  const before = cpuTicks(server.pid);
  const count = await load(server.origin + path, script, seconds);
  const spent = cpuTicks(server.pid) - before;
  await waitForIdle(server.pid);
  if (count.refused > 0 || count.broken > 0) {
    process.stderr.write(
      `${name}: ${count.refused} answers refused, ${count.broken} connections broken: not counted\n`,
    );
    return Number.NaN;
  }
  return count.requests === 0 ? Number.NaN : spent / count.requests;
}

/** CPU per request of each job, by what it is measured for; the readings of equal rounds stand at equal places. */
export type Readings<Key> = ReadonlyMap<Key, readonly number[]>;

/** Warms every job up for a second, then runs all of them in every round. */
export async function measureRounds<Key>(
  jobs: ReadonlyMap<Key, Job>,
  { rounds, seconds }: Options,
): Promise<Readings<Key>> {
  const readings = new Map<Key, number[]>([...jobs.keys()].map((key) => [key, []]));
  for (const job of jobs.values()) {
    progress(`warming up ${job.name}`);
    await run(job, 1);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const [key, job] of inRoundOrder([...jobs], round)) {
      progress(`round ${round} of ${rounds}: ${job.name}`);
      readings.get(key)?.push(await run(job, seconds));
    }
  }
  progress('');
  return readings;
}

/** The jobs in this round's order: every second round backwards, so that drift meets all alike. */
export const inRoundOrder = <T>(jobs: readonly T[], round: number): readonly T[] =>
  round % 2 === 1 ? jobs.toReversed() : jobs;

/** Writes progress over the last line of a terminal, or as a line of its own elsewhere. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  else process.stderr.write(`${text}\n`);
}
