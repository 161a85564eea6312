import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BULK_DIALECTS, BULK_SIZE, type BulkDialect, bulkRequest } from './bulk-requests.ts';
import { endServer, type ServerChild, startServer } from './children.ts';
import { cpuTicks, peakMegabytes } from './cpu.ts';
import { newUsers } from './data.ts';
import { inRoundOrder, progress } from './measure.ts';
import type { Options } from './options.ts';
import { OURS } from './targets.ts';
import type { BenchRequest } from './workloads.ts';

/** What one fresh server needed for W5. */
export interface BulkReading {
  /** CPU of the whole process tree for one call, in ticks. */
  readonly ticks: number;
  /** Peak memory after the first call. */
  readonly megabytes: number;
  /** Milliseconds for which the event loop stood still at most, from the first byte in to the last byte out. */
  readonly block: number;
}

/** One server over one protocol, and what it needed in each round: why not, where it did not answer rightly. */
export interface BulkResult {
  readonly server: string;
  readonly dialect: BulkDialect;
  readonly readings: readonly (BulkReading | string)[];
}

/** Who is measured beside ours. */
const PEERS: Readonly<Record<BulkDialect, readonly string[]>> = {
  rest: ['bare', 'fastify'],
  jsonrpc: ['bare', 'jayson'],
  xmlrpc: ['xmlrpc'],
  soap: ['node-soap'],
  soap12: [],
  encoded: [],
};

/** Milliseconds after which an answer is not waited for any more. */
const PATIENCE = 120_000;
/** Calls of a fresh server in each round, unless the first has taken long. */
const CALLS = 3;
const LONG = 5_000;

/** Sends 40,000 users to a fresh server of each kind, in every round. */
export async function measureBulk({ rounds, servers, protocols }: Options): Promise<readonly BulkResult[]> {
  const users = newUsers(BULK_SIZE);
  const jobs = BULK_DIALECTS.filter((dialect) => protocols.includes(protocolOf(dialect))).flatMap((dialect) =>
    [OURS, ...PEERS[dialect]]
      .filter((server) => servers.includes(server))
      .map((server) => ({ server, dialect, readings: [] as (BulkReading | string)[] })),
  );
  for (let round = 1; round <= rounds; round++) {
    for (const job of inRoundOrder(jobs, round)) {
      progress(`round ${round} of ${rounds}: ${job.server} ${job.dialect}`);
      job.readings.push(await tried(job.server, bulkRequest(job.dialect, 'bench.create_users', users), job.readings));
    }
  }
  progress('');
  return jobs;
}

/** The protocol of the benchmark that a dialect belongs to. */
export const protocolOf = (dialect: BulkDialect) => (dialect === 'soap12' || dialect === 'encoded' ? 'soap' : dialect);

/** Who has not answered once is not asked again. */
async function tried(
  name: string,
  request: BenchRequest,
  before: readonly (BulkReading | string)[],
): Promise<BulkReading | string> {
  const failed = before.find((reading) => typeof reading === 'string');
  if (failed !== undefined) return failed;
  const server = await startServer(name, [], ['block-watch']);
  try {
    return await read(server, request);
  } catch (reason) {
    return reason instanceof Error ? reason.message : String(reason);
  } finally {
    await endServer(server);
  }
}

async function read(server: ServerChild, request: BenchRequest): Promise<BulkReading> {
  await longestBlock(server);
  const before = cpuTicks(server.pid);
  const began = performance.now();
  await call(server, request);
  const block = await longestBlock(server);
  const megabytes = peakMegabytes(server.pid);
  const calls = performance.now() - began > LONG ? 1 : CALLS;
  for (let i = 1; i < calls; i++) await call(server, request);
  return { ticks: (cpuTicks(server.pid) - before) / calls, megabytes, block };
}

async function longestBlock({ pid, lines }: ServerChild): Promise<number> {
  const said = once(lines, 'line') as Promise<[string]>;
  process.kill(pid, 'SIGUSR2');
  const [line] = await said;
  return (JSON.parse(line) as { readonly longestBlock: number }).longestBlock;
}

/** Sends the users; the answer must have each of them. */
async function call(server: ServerChild, { path, headers, body }: BenchRequest): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE);
  const given = fetch(server.origin + path, { method: 'POST', headers, body, signal }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }));
  const { status, text } = await given.catch((reason: Error) => {
    throw new Error(
      reason.name === 'TimeoutError' ? `no answer in ${PATIENCE / 1_000} s` : `broke off: ${reason.message}`,
    );
  });
  const names = text.match(/user\d{4,5}\b/g)?.length ?? 0;
  if (status !== 200 || names !== BULK_SIZE) throw new Error(`status ${status}, ${names} users`);
  await sleep(50);
}
