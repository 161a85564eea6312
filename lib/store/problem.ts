import { Fault } from '../fault.ts';

/** What drivers tell about an error: pg has a severity beside the SQLSTATE, libsql a code of SQLite's. */
interface DriverError {
  readonly code?: unknown;
  readonly severity?: unknown;
}

const refusals: Readonly<Record<string, 'taken' | 'missing' | 'unfit'>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'taken',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'taken',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'missing',
  SQLITE_CONSTRAINT_NOTNULL: 'unfit',
  SQLITE_MISMATCH: 'unfit',
  SQLITE_TOOBIG: 'unfit',
  '23505': 'taken',
  '23503': 'missing',
  '23502': 'unfit',
  '54000': 'unfit',
};

/** Another writer was in the way; the same again may succeed. */
const contention = /^(SQLITE_(BUSY|LOCKED)|40001$|40P01$)/;
/** The mistakes of our own statements. */
const mistakes = /^(SQLITE_(ERROR|MISUSE|RANGE)$|42)/;

/** SQLite's name of an error or PostgreSQL's SQLSTATE, or nothing where no database said it. */
export function codeOf(reason: unknown): string {
  const { code, severity } = (reason ?? {}) as DriverError;
  if (typeof code !== 'string') return '';
  return severity !== undefined || code.startsWith('SQLITE_') ? code : '';
}

/** Whether the same again may succeed, because another writer was in the way. */
export const isContention = (reason: unknown): boolean => contention.test(codeOf(reason));

/** What is told while the database cannot be asked. */
export function unavailable(cause: unknown, message = 'The store is not available at the moment'): Fault {
  return new Fault('unavailable', message, { cause, gate: 'store', retryAfter: 5 });
}

/**
 * The fault that a driver's error means to a caller.
 * @param taken what to say where a unique name is taken
 */
export function storeFault(reason: unknown, taken = 'This exists already'): Fault {
  if (reason instanceof Fault) return reason;
  const code = codeOf(reason);
  const refusal = refusals[code] ?? (/^22/.test(code) ? 'unfit' : undefined);
  if (refusal === 'taken') return new Fault('conflict', taken, { cause: reason, gate: 'store' });
  if (refusal === 'missing') return unfit(reason, 'What this would belong to does not exist');
  if (refusal === 'unfit') return unfit(reason, 'A value cannot be stored');
  const ours = reason instanceof TypeError || reason instanceof RangeError || mistakes.test(code);
  return ours ? Fault.from(reason) : unavailable(reason);
}

function unfit(cause: unknown, message: string): Fault {
  return new Fault('invalid-params', message, { cause, gate: 'store' });
}

/** Whether a connection of PostgreSQL is of no use any more: anything but an answer of the server that leaves it open. */
export function endsConnection(reason: unknown): boolean {
  const code = codeOf(reason);
  return code === '' || /^(08|57P0)/.test(code);
}
