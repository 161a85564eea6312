import { createHook } from 'node:async_hooks';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process has to say of itself after an attack. */
export interface Report {
  /** Bytes of resident memory. */
  readonly rss: number;
  /** 99th percentile of the event loop's delay since the watch began, in milliseconds. */
  readonly delay: number;
  /** Milliseconds of a processor that the process has used, and whether others want more processors than there are. */
  readonly busy: number;
  readonly crowded: boolean;
  /** Functions that ran, in their order. */
  readonly effects: readonly string[];
  /** Connections, look-ups, processes and files that were opened. */
  readonly opened: readonly string[];
  /** What every object has that none should have. */
  readonly polluted: readonly string[];
  readonly log: readonly string[];
}

/** Resources of Node's that reach out: whatever library asks for them, they are made natively. */
const outward: ReadonlySet<string> = new Set([
  'TCPCONNECTWRAP',
  'PIPECONNECTWRAP',
  'UDPSENDWRAP',
  'TLSWRAP',
  'HTTPCLIENTREQUEST',
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'PROCESSWRAP',
  'WORKER',
  'FSREQCALLBACK',
  'FSREQPROMISE',
  'FILEHANDLE',
]);

/** Functions that reach out without making a resource. */
const synchronous = {
  'node:fs': ['openSync', 'readFileSync', 'writeFileSync', 'appendFileSync', 'readdirSync', 'statSync', 'existsSync'],
  'node:child_process': ['spawnSync', 'execSync', 'execFileSync'],
} as const;

const sampling = 2;
let used = process.cpuUsage();
const delays = monitorEventLoopDelay({ resolution: sampling });
const opened: string[] = [];
const effects: string[] = [];
const log: string[] = [];
const innate: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Notes that a function ran. */
export function effect(name: string): void {
  effects.push(name);
}

/** Where a server under watch logs to. */
export const watchedLog = {
  write: (line: string): void => {
    log.push(line);
  },
};

/** Begins to watch what the process opens; whatever is opened from now on is noted. */
export function watchOpening(): void {
  createHook({ init: (_id, type) => void (outward.has(type) && opened.push(type)) }).enable();
  const require = createRequire(import.meta.url);
  for (const [module, names] of Object.entries(synchronous)) {
    const functions = require(module) as Record<string, (...parts: unknown[]) => unknown>;
    for (const name of names) {
      const original = functions[name] as (...parts: unknown[]) => unknown;
      functions[name] = (...parts) => {
        opened.push(`${name} ${String(parts[0])}`);
        return original(...parts);
      };
    }
  }
  syncBuiltinESMExports();
  delays.enable();
}

/** Forgets what has been noted. Delays are noted from the second turn after that on, so that two are awaited. */
export async function beginWatch(): Promise<number> {
  delays.reset();
  await sleep(2 * sampling + 1);
  opened.length = 0;
  effects.length = 0;
  log.length = 0;
  used = process.cpuUsage();
  return process.memoryUsage.rss();
}

function polluted(): readonly string[] {
  const added = Object.getOwnPropertyNames(Object.prototype).filter((name) => !innate.has(name));
  return Object.hasOwn({}, 'polluted') || (Array.prototype as { polluted?: unknown }).polluted !== undefined
    ? [...added, 'Array.prototype.polluted']
    : added;
}

/** Bytes of resident memory once what is garbage has gone. */
export async function settledMemory(): Promise<number> {
  globalThis.gc?.();
  await sleep(50);
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** What has happened since the watch began. The delay of a turn is noted in the next one, so that one is awaited. */
export async function endWatch(): Promise<Report> {
  await sleep(3 * sampling);
  const { user, system } = process.cpuUsage(used);
  return {
    rss: process.memoryUsage.rss(),
    delay: delays.percentile(99) / 1e6,
    busy: (user + system) / 1_000,
    crowded: (loadavg()[0] ?? 0) > availableParallelism(),
    effects: [...effects],
    opened: [...opened],
    polluted: polluted(),
    log: [...log],
  };
}
