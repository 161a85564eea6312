import { LineFile } from '../../lib/line-file.ts';

/** Ends the process once all output is out, whatever a loaded module still has open. */
export async function finish(status: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
  process.exit(status);
}

/** `polywire … | head`: whoever reads has enough. */
export function endOfPipe(reason: NodeJS.ErrnoException): void {
  process.exit(reason.code === 'EPIPE' ? 0 : 1);
}

/** Node's warnings take several lines, ours one. What Node says of a folder without "type" troubles no user of ours. */
export function warnInOneLine(warning: Error & { readonly code?: string }): void {
  if (warning.code === 'MODULE_TYPELESS_PACKAGE_JSON' || warning.name === 'ExperimentalWarning') return;
  if (/To load an ES module/.test(warning.message)) return; // said better by load-failure.ts
  process.stderr.write(`polywire: warning: ${warning.message.split('\n', 1)[0]}\n`);
}

/**
 * Tells of what functions have left behind when it fails, instead of ending the process and every other call with it.
 * @returns what ends that
 */
export function outliveStragglers(): () => void {
  const stderr = new LineFile(2);
  const tell = (reason: unknown): void =>
    stderr.write(`polywire: what a function has left behind failed: ${stackOf(reason)}\n`);
  process.on('uncaughtException', tell); // of promises too, as long as nobody listens for these
  return () => process.off('uncaughtException', tell);
}

function stackOf(reason: unknown): string {
  try {
    return reason instanceof Error ? `${reason.stack}` : String(reason);
  } catch {
    return 'what it threw breaks when it is looked at';
  }
}
