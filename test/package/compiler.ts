import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../lib/repository.ts';

/** What TypeScript's compiler says, and whether it is content. */
export interface Verdict {
  readonly fine: boolean;
  readonly said: string;
}

/** Runs the repository's TypeScript compiler. */
export function compile(...options: readonly string[]): Verdict {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...options], { cwd: root, encoding: 'utf8' });
  return { fine: status === 0, said: `${stdout}${stderr}` };
}
