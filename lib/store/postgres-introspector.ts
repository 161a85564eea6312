import { type Kysely, PostgresIntrospector, sql, type TableMetadata } from 'kysely';

/**
 * Tells migrations which tables there are, in their own schema only. Kysely's own looks through every schema of the
 * database and asks functions about each table, which fail (3F000, 42P01) when somebody drops one meanwhile.
 */
export class OwnSchemaIntrospector extends PostgresIntrospector {
  readonly #db: Kysely<unknown>;

  constructor(db: Kysely<unknown>) {
    super(db as ConstructorParameters<typeof PostgresIntrospector>[0]);
    this.#db = db;
  }

  /** The tables by name; of their columns nothing is told. */
  override async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ name: string; schema: string }>`
      select c.relname as name, n.nspname as schema
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relkind in ('r', 'p')`.execute(this.#db);
    return rows.map((table) => ({ ...table, isView: false, columns: [] }));
  }
}
