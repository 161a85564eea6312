import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nobody } from '../lib/auth/identity.ts';
import { createCatalog } from '../lib/catalog.ts';
import { addressList } from '../lib/gates/address.ts';
import { admit } from '../lib/gates/admit.ts';
import { door, visitorOf } from '../lib/gates/door.ts';
import { FloodLimit } from '../lib/gates/flood.ts';
import { planOf } from '../lib/plan.ts';
import type { Protocol, Route } from '../lib/protocol.ts';
import { readSettings } from '../lib/settings.ts';
import { createSite } from '../lib/site.ts';
import { rest } from '../protocols/rest/index.ts';
import { echoText } from './data.ts';
import { benchFunctions, benchSettings } from './site.ts';
import { type Summary, summarise } from './statistics.ts';
import { requestFor } from './workloads.ts';

/** A part of a call's way, as a function that can be run again and again. */
interface Part {
  readonly name: string;
  readonly run: () => unknown;
}

/** What a part costs: microseconds of CPU for each run. */
export interface PartCost {
  readonly name: string;
  readonly cost: Summary | undefined;
}

const ROUNDS = 5;
const MILLISECONDS = 150;
const RUNS_BETWEEN_LOOKS = 1000;

/** Measures gates and checks of REST's W1 in this process, on a request that has really come over HTTP. */
export async function gateCosts(): Promise<readonly PartCost[]> {
  let costs: readonly PartCost[] = [];
  const server = createServer((request, response) => {
    costs = measure(partsOf(request));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { path, headers, body } = requestFor('rest', 'W1');
  try {
    await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { ...headers, Connection: 'close' },
      body,
    });
  } finally {
    server.close();
  }
  return costs;
}

function partsOf(request: IncomingMessage): readonly Part[] {
  const settings = readSettings(benchSettings({}));
  const { echo } = benchFunctions;
  const site = createSite(createCatalog(Object.values(benchFunctions)), settings);
  const [flood, floodOfDoor] = [new FloodLimit(), new FloodLimit()];
  const visitor = visitorOf(request, site, rest as Protocol);
  const match = { protocol: rest as Protocol, route: rest.routes[0] as Route };
  const addresses = addressList(['127.0.0.0/8']);
  const call = { name: echo.name, size: 47, read: () => ({}) };
  const knock = { site, protocol: rest, identity: nobody, csrf: undefined, address: '127.0.0.1', now: Date.now() };
  const { params, result } = planOf(echo, settings.limits.list);
  return [
    {
      name: 'finding out who calls (address, proxies, host, origin)',
      run: () => visitorOf(request, site, rest as Protocol),
    },
    { name: 'the whole door, gates 1 to 7', run: () => door(request, visitor, match, site, floodOfDoor) },
    { name: '… of it, the switches of site and protocol', run: () => site.on && site.protocolIsOn(rest.name) },
    { name: '… of it, the flood limit', run: () => flood.hit(visitor.address, settings.limits.floodPerMinute) },
    { name: "a site's address list, where there is one", run: () => addresses(visitor.address) },
    { name: 'the gates of the call', run: () => admit(call, knock) },
    { name: 'validating the arguments', run: () => params.fits({ text: echoText() }) },
    { name: 'checking the result', run: () => result?.fits(echoText()) },
  ];
}

/** Interleaved rounds, every second one backwards; each part is run once beforehand, so that it is built and warm. */
function measure(parts: readonly Part[]): readonly PartCost[] {
  const readings = new Map<Part, number[]>(parts.map((part) => [part, []]));
  for (const part of parts) microsecondsOf(part);
  for (let round = 0; round < ROUNDS; round++) {
    for (const part of round % 2 === 0 ? parts : parts.toReversed()) readings.get(part)?.push(microsecondsOf(part));
  }
  return [...readings].map(([{ name }, costs]) => ({ name, cost: summarise(costs) }));
}

/** Where results go, so that no part is optimised away. */
const sink: { last: unknown } = { last: undefined };

function microsecondsOf({ run }: Part): number {
  const end = performance.now() + MILLISECONDS;
  const before = process.cpuUsage();
  let runs = 0;
  while (performance.now() < end) {
    for (let i = 0; i < RUNS_BETWEEN_LOOKS; i++) sink.last = run();
    runs += RUNS_BETWEEN_LOOKS;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / runs;
}
