import { join } from 'node:path';
import { createDatabase } from '../test/lib/store/databases.ts';
import { answerFault } from './answers.ts';
import { endChildren, type ServerChild, startServer } from './children.ts';
import type { CredentialKind } from './credentials.ts';
import { withTemporaryFolder, writeScript } from './load.ts';
import { ask, askRightly, type Job, measureRounds, progress, type Readings } from './measure.ts';
import type { Options } from './options.ts';
import type { ServerVariant } from './servers/polywire.ts';
import { OURS } from './targets.ts';
import { type BenchRequest, type Protocol, requestFor } from './workloads.ts';

/** A server of ours. */
export interface AuthVariant {
  /** What callers are known by. */
  readonly caller: string;
  readonly database: string;
  readonly change: ServerVariant;
  /** The variant that differs in the credential only, for one that wants a credential. */
  readonly without?: AuthVariant;
  /** Whether the cost of the credential has a bound. */
  readonly bounded: boolean;
}

/** One variant in one protocol. */
export interface AuthCell {
  readonly variant: AuthVariant;
  readonly protocol: Protocol;
}

/** Functions open to everyone, and no database. */
export const OFF: AuthVariant = { caller: 'nobody', database: 'none', change: {}, bounded: false };

/** W1 of each protocol with credentials, side by side with the same calls without. */
export function measureAuth(options: Options): Promise<Readings<AuthCell>> {
  return withTemporaryFolder((folder) =>
    withPostgres(async (postgres) => {
      const variants = variantsOf((name) => `sqlite:${join(folder, name)}.db`, postgres);
      const servers = await startAll(variants);
      return measureRounds(await jobsOf(folder, options, servers), options);
    }),
  );
}

/** The variants, each next to the one that it is held against. */
function variantsOf(file: (name: string) => string, postgres: string | undefined): readonly AuthVariant[] {
  const redis = process.env['POLYWIRE_TEST_REDIS'];
  const inFiles = open('SQLite', file('open'));
  const inMemory = open('memory', 'sqlite::memory:');
  const inPostgres = postgres === undefined ? [] : [open('PostgreSQL', postgres)];
  const inRedis = redis === undefined ? [] : [known(inFiles, 'token', { database: file('redis'), redis })];
  return [
    OFF,
    inFiles,
    { ...known(inFiles, 'token', { database: file('token') }), bounded: true },
    known(inFiles, 'key', { database: file('key') }),
    ...inRedis.map((one) => ({ ...one, database: 'SQLite, counts in Redis' })),
    inMemory,
    { ...known(inMemory, 'token'), bounded: true },
    ...inPostgres.flatMap((one) => [one, known(one, 'token')]),
  ];
}

/** A database, and functions open to everyone all the same. */
const open = (database: string, url: string): AuthVariant => ({
  caller: 'nobody',
  database,
  change: { database: url },
  bounded: false,
});

const CALLERS: Readonly<Record<CredentialKind, string>> = { token: 'token', key: 'API key' };

/** The same with callers who must be known. */
const known = (without: AuthVariant, credential: CredentialKind, more: ServerVariant = {}): AuthVariant => ({
  caller: CALLERS[credential],
  database: without.database,
  change: { ...without.change, credential, ...more },
  without,
  bounded: false,
});

/** Lends a schema of its own in the PostgreSQL that the environment names, if it does. */
async function withPostgres<T>(use: (url: string | undefined) => Promise<T>): Promise<T> {
  if (process.env['POLYWIRE_TEST_POSTGRES'] === undefined) return use(undefined);
  const { url, drop } = await createDatabase('postgres');
  try {
    return await use(url);
  } finally {
    await endChildren();
    await drop();
  }
}

const nameOf = ({ caller, database }: AuthVariant): string => `${caller}, database: ${database}`;

async function startAll(variants: readonly AuthVariant[]): Promise<ReadonlyMap<AuthVariant, ServerChild>> {
  const servers = new Map<AuthVariant, ServerChild>();
  for (const variant of variants) {
    progress(`starting ${OURS}, ${nameOf(variant)}`);
    servers.set(variant, await startServer(OURS, [JSON.stringify(variant.change)]));
  }
  return servers;
}

/** All variants in one protocol, then in the next: what is held against each other runs within a few seconds. */
async function jobsOf(
  folder: string,
  { protocols }: Options,
  servers: ReadonlyMap<AuthVariant, ServerChild>,
): Promise<ReadonlyMap<AuthCell, Job>> {
  const jobs = new Map<AuthCell, Job>();
  for (const protocol of protocols) {
    for (const [variant, server] of servers) {
      jobs.set({ variant, protocol }, await jobOf(folder, variant, protocol, server));
    }
  }
  return jobs;
}

/** A job, once it is sure that the server answers rightly, and nobody without the credential. */
async function jobOf(folder: string, variant: AuthVariant, protocol: Protocol, server: ServerChild): Promise<Job> {
  const name = `${protocol}, ${nameOf(variant)}`;
  const bare = requestFor(protocol, 'W1');
  const request: BenchRequest = { ...bare, headers: { ...bare.headers, ...server.headers } };
  await askRightly(name, server, [protocol, 'W1'], request);
  const needed = variant.change.credential !== undefined;
  if (needed && answerFault(protocol, 'W1', await ask(server, bare)) === undefined) {
    throw new Error(`${name} answers without a credential`);
  }
  const script = writeScript(folder, name.replaceAll(/\W+/g, '-'), request);
  return { name, server, path: request.path, script };
}
