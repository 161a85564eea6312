import { CommanderError } from 'commander';
import { failureOf } from './failure.ts';
import { createProgram } from './program.ts';

/** Carries out a command line and answers the exit status. What is wrong is printed, a line each, without a stack. */
export async function run(words: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(words);
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (reason) {
    if (reason instanceof CommanderError) return reason.exitCode === 0 ? 0 : 2;
    const { lines, status } = failureOf(reason);
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
    return status;
  }
}
