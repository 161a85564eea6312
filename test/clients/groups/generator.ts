import { run } from '../command.ts';

/** A run of a tool that makes stubs from a WSDL. */
interface Generator {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Warnings that nothing in our document could avoid. */
  readonly allowed?: RegExp;
}

/**
 * Runs a tool that makes stubs from a WSDL.
 * @throws Error if it failed, or had anything to say against the document
 */
export async function generate(command: readonly string[], { cwd, env, allowed }: Generator): Promise<void> {
  const { status, stdout, stderr } = await run(command, { cwd, ...(env && { env }) });
  const lines = `${stdout}\n${stderr}`.split('\n');
  const against = lines.filter((line) => /warning|error|unsupported|fail/i.test(line) && allowed?.test(line) !== true);
  if (status === 0 && against.length === 0) return;
  throw new Error(`${command.join(' ')} ended with ${status}:\n${against.join('\n').slice(0, 4_000)}`);
}
