import { CatalogError } from '../../lib/catalog.ts';
import { Fault, type Issue } from '../../lib/fault.ts';

/** Exit statuses: 1 if something went wrong while working, 2 if the command line itself is wrong. */
export type Status = 1 | 2;

/** Why a command ends early: lines for people, ready to print, and the exit status. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly lines: readonly string[];
  readonly status: Status;

  constructor(lines: string | readonly string[], status: Status = 1, options?: ErrorOptions) {
    const all = typeof lines === 'string' ? [lines] : lines;
    super(all.join('\n'), options);
    this.lines = all;
    this.status = status;
  }
}

/** What is wrong with the command line, not with the world: exit status 2. */
export function usage(line: string, cause?: unknown): CommandFailure {
  return new CommandFailure(`polywire: ${line}`, 2, { cause });
}

/** What went wrong while working: exit status 1. */
export function failed(line: string, cause?: unknown): CommandFailure {
  return new CommandFailure(`polywire: ${line}`, 1, { cause });
}

/** Issues as `path: message; path: message`. */
export function issueText(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
}

/** What a thrown value has to say, in one line. */
export function reasonText(reason: unknown): string {
  if (reason instanceof Fault && reason.issues.length > 0) return `${reason.message}: ${issueText(reason.issues)}`;
  if (!(reason instanceof Error)) return `${reason}`.split('\n', 1)[0] ?? '';
  const { code } = (reason.cause ?? {}) as { readonly code?: unknown };
  const text = reason.message.split('\n', 1)[0] || reason.name;
  return reason instanceof Fault && typeof code === 'string' ? `${text} (${code})` : text;
}

/** Turns whatever was thrown into lines and an exit status: never a stack. */
export function failureOf(reason: unknown): CommandFailure {
  if (reason instanceof CommandFailure) return reason;
  if (reason instanceof CatalogError) return catalogFailure(reason);
  return failed(reasonText(reason), reason);
}

/** One line for each wrong definition. */
export function catalogFailure(reason: CatalogError): CommandFailure {
  const lines = reason.problems.map((problem) => `polywire: ${problem}`);
  return new CommandFailure(lines, 1, { cause: reason });
}
