import type { Protocol, Workload } from './workloads.ts';

type Cells<T> = Readonly<Record<Protocol, Readonly<Partial<Record<Workload, T>>>>>;

/** What our server reaches at least, in per cent of the constant server of the same run. */
export const OF_LIMIT_TARGETS: Cells<number> = {
  rest: { W1: 75, W2: 33, W3: 36 },
  jsonrpc: { W1: 75, W2: 30, W3: 36, W4: 35 },
  soap: { W1: 50, W2: 12, W3: 40 },
  xmlrpc: { W1: 65, W2: 15, W3: 48, W4: 16 },
};

/** What our server's peak resident memory stays below, over all workloads, in megabytes. */
export const PEAK_MEGABYTES = 160;

/** What ours stays below in W5 (40,000 users in one call): peak memory, and the longest block in milliseconds. */
export const BULK_BOUNDS: Readonly<Record<Protocol, { readonly megabytes: number; readonly block: number }>> = {
  rest: { megabytes: 400, block: 200 },
  jsonrpc: { megabytes: 400, block: 200 },
  soap: { megabytes: 600, block: 700 },
  xmlrpc: { megabytes: 600, block: 700 },
};

/** How many times the CPU of an open call a call with a token may take, where its cost is bounded. */
export const CREDENTIALS_AT_MOST = 1.12;

/** A server that can be measured, and the protocols it speaks. */
export interface Contestant {
  readonly name: string;
  readonly protocols: readonly Protocol[];
  /** How many times as quick as this peer our server is at least (CPU per request). */
  readonly atLeast: Readonly<Partial<Record<Workload, number>>>;
}

/** The name of our own server among the contestants. */
export const OURS = 'polywire';

/** All servers, ours first; each name is also that of its script in `servers/`. */
export const CONTESTANTS: readonly Contestant[] = [
  { name: OURS, protocols: ['rest', 'jsonrpc', 'soap', 'xmlrpc'], atLeast: {} },
  { name: 'bare', protocols: ['rest', 'jsonrpc'], atLeast: {} },
  { name: 'fastify', protocols: ['rest'], atLeast: {} },
  { name: 'jayson', protocols: ['jsonrpc'], atLeast: { W1: 0.8, W2: 0.8, W3: 1, W4: 1 } },
  { name: 'node-soap', protocols: ['soap'], atLeast: { W1: 1, W2: 1, W3: 1 } },
  { name: 'xmlrpc', protocols: ['xmlrpc'], atLeast: { W1: 1, W2: 1, W3: 1, W4: 1 } },
];
