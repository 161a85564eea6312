import type { Command } from 'commander';
import { usage } from './failure.ts';
import { shellWord } from './output.ts';

/** Where switches are kept: in a database, beside users, keys and tokens; or alone in a settings file. */
export type Home =
  | {
      readonly kind: 'database';
      readonly url: string /** Whether the command line names it. */;
      readonly named: boolean;
    }
  | { readonly kind: 'file'; readonly file: string };

/** The option of commands that need a database. */
export interface DatabaseOption {
  readonly database?: string;
}

/** The options of commands about switches. */
export interface HomeOption extends DatabaseOption {
  readonly settings?: string;
}

/** The database unless the command line or the environment names another: a file in the working folder. */
const defaultDatabase = 'sqlite:polywire.db';

/** Gives a command the option `--database URL`. */
export function withDatabase(command: Command): Command {
  return command.option(
    '--database <url>',
    `the database (default: the environment's DATABASE_URL, else "${defaultDatabase}")`,
  );
}

/** Gives a command the options `--database URL` and `--settings FILE`. */
export function withHome(command: Command): Command {
  return withDatabase(command).option('--settings <file>', 'a settings file in place of a database: switches only');
}

/**
 * Where the switches are, as the command line says.
 * @throws CommandFailure if it names two places
 */
export function homeOf({ database, settings }: HomeOption): Home {
  if (settings === undefined) return databaseOf({ ...(database !== undefined && { database }) });
  if (database !== undefined) throw usage('--settings is in place of a database: leave one of the two out');
  return { kind: 'file', file: settings };
}

/** The database, as the command line or the environment says. */
export function databaseOf({ database }: DatabaseOption): Extract<Home, { kind: 'database' }> {
  const url = database ?? (process.env['DATABASE_URL'] || defaultDatabase);
  return { kind: 'database', url, named: database !== undefined };
}

/** How a command line names the place: not at all where it is the usual one. A password is left out. */
export function homeWords(home: Home): string {
  if (home.kind === 'file') return ` --settings ${shellWord(home.file)}`;
  return home.named ? ` --database ${shellWord(withoutPassword(home.url))}` : '';
}

/** A database's address as it may be shown. */
export function withoutPassword(url: string): string {
  if (/^sqlite:/.test(url) || !URL.canParse(url)) return url.replace(/\/\/[^/@]*@/, '//');
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}
