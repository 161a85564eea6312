import { type Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type Pg from 'pg';
import type { Backend } from './backend.ts';
import { channel } from './database.ts';
import { OwnSchemaIntrospector } from './postgres-introspector.ts';
import { endsConnection, unavailable } from './problem.ts';

const int8 = 20;
/** Milliseconds until a lost connection that listens is made again. */
const pause = 1_000;

class OwnSchemaDialect extends PostgresDialect {
  override createIntrospector(db: Kysely<unknown>): OwnSchemaIntrospector {
    return new OwnSchemaIntrospector(db);
  }
}

/**
 * A database of a PostgreSQL server. Opens no connection yet.
 * @param patience milliseconds that connecting and an answer may take; 0 is for ever
 * @throws Fault `unavailable` that says what is missing
 */
export async function openPostgres(
  url: string,
  patience: { readonly connecting: number; readonly answering: number },
): Promise<Backend> {
  const pg = await load();
  const config: Pg.ClientConfig = {
    connectionString: url,
    application_name: 'polywire',
    keepAlive: true,
    connectionTimeoutMillis: patience.connecting,
    query_timeout: patience.answering,
    statement_timeout: patience.answering,
    idle_in_transaction_session_timeout: patience.connecting, // else a machine that vanishes keeps its locks for hours
    types: {
      getTypeParser: ((id: number, format: 'text') =>
        id === int8 ? Number : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
    },
  };
  const pool = () => {
    const made = new pg.Pool({ ...config, max: 10, allowExitOnIdle: true });
    made.on('error', ignore);
    made.on('connect', (client) => client.on('error', ignore));
    return careful(made);
  };
  return {
    name: 'postgres',
    dialect: new OwnSchemaDialect({ pool: async () => pool() }),
    inMemory: false,
    listen: (heard) => listen(() => new pg.Client(config), heard),
  };
}

async function load(): Promise<typeof Pg> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    throw unavailable(cause, 'PostgreSQL needs the package pg: npm install pg');
  }
}

/** What breaks a connection is told to the statement that needs it; without a listener it would end the process. */
function ignore(): void {}

/** A pool that throws connections away which did not answer, instead of lending them again. */
function careful(pool: Pg.Pool): PostgresPool {
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      let broken = false;
      const query = async (text: string, values: readonly unknown[]) => {
        try {
          return await client.query(text, [...values]);
        } catch (reason) {
          broken ||= endsConnection(reason);
          throw reason;
        }
      };
      return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
    },
  };
}

/** What the types of pg leave out. */
type Unrefable = Pg.Client & { unref(): void };

/** Listens for new revisions, again whenever the connection has been lost. */
function listen(connection: () => Pg.Client, heard: () => void): () => void {
  let client: Pg.Client;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const start = async () => {
    const fresh = connection();
    client = fresh;
    const again = () => {
      if (!stopped && client === fresh) timer ??= setTimeout(restart, pause).unref();
    };
    fresh.on('error', again);
    fresh.on('end', again);
    fresh.on('notification', heard);
    try {
      await fresh.connect();
      (fresh as Unrefable).unref(); // what listens keeps no process alive
      await fresh.query(`listen ${channel}`);
      heard(); // what was missed before
    } catch {
      again();
      fresh.end().catch(ignore);
    }
    if (stopped) fresh.end().catch(ignore);
  };
  const restart = () => {
    timer = undefined;
    void start();
  };
  void start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    client.end().catch(ignore);
  };
}
