import { Fault } from '../fault.ts';
import { unavailable } from './problem.ts';

/** What drivers and the file system tell: libsql a number of SQLite's, whose low byte is the error; Node a name. */
interface Reason {
  readonly rawCode?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

const forbidden = 'it, or its folder, may not be written';

/** SQLite's result codes (sqlite3.h). */
const ofSqlite: Readonly<Record<number, string>> = {
  5: 'another program has locked it',
  6: 'another program has locked it',
  8: forbidden,
  10: 'it cannot be read or written',
  11: 'it is damaged',
  13: 'its disk is full',
  14: forbidden,
  26: 'it is no file of SQLite’s',
};

const ofNode: Readonly<Record<string, string>> = {
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'its disk is full',
  ELOOP: 'its links lead nowhere',
  ENAMETOOLONG: 'its name is too long',
};

/**
 * Why a file cannot be used, in words that name no other path.
 * @param what cannot be done: `opened for writing`
 */
export function fileProblem(file: string, what: string, reason: unknown): Fault {
  const cause = reason instanceof Fault ? reason.cause : reason;
  if (cause === undefined && reason instanceof Fault) return reason; // it says itself what is wrong
  const why = whyOf((cause ?? {}) as Reason);
  return unavailable(cause, `${file} cannot be ${what}${why === undefined ? '' : `: ${why}`}`);
}

function whyOf({ rawCode, code, message }: Reason): string | undefined {
  if (/already exists$/.test(String(message))) return 'it holds tables of something else';
  if (typeof rawCode === 'number') return ofSqlite[rawCode & 0xff];
  return typeof code === 'string' ? ofNode[code] : undefined;
}
