import type { Command } from 'commander';
import type { ClientRequest } from '../../client/client.ts';
import { signRequest } from '../../lib/auth/signature/sign.ts';
import { usage } from './failure.ts';
import { askSecret, canAsk, secretFromStdin } from './secret-input.ts';

/** The options by which a call says who makes it. */
export interface CredentialOptions {
  readonly key?: string;
  readonly token?: string;
  readonly sign?: string;
}

/** The word for: read it from the standard input. */
const fromStdin = '-';

/** Gives a command the options `--key`, `--token` and `--sign`. */
export function withCredentials(command: Command): Command {
  return command
    .option('--key <key>', "the client's key, - to read it from the standard input (default: POLYWIRE_KEY)")
    .option('--token <token>', "the user's token, - to read it from the standard input (default: POLYWIRE_TOKEN)")
    .option(
      '--sign <keyid>',
      'sign the request by this key (RFC 9421); its secret is POLYWIRE_KEY_SECRET, else asked for or read from the standard input',
    );
}

/**
 * Reads the secrets that the options name, and answers what adds them to a request, whatever its protocol.
 * @throws CommandFailure where two of them would come from the same place, or of two clients
 */
export async function credentialsOf({
  key,
  token,
  sign,
}: CredentialOptions): Promise<(request: ClientRequest) => ClientRequest> {
  if (key !== undefined && sign !== undefined)
    throw usage('--key and --sign both say which client calls: leave one out');
  const signing = sign === undefined ? undefined : (process.env['POLYWIRE_KEY_SECRET'] ?? fromStdin);
  const readers = [key, token, signing].filter((word) => word === fromStdin);
  if (readers.length > 1)
    throw usage('only one secret can be read from the standard input: give the others by the environment');
  const client = sign === undefined ? await secretOf(key ?? process.env['POLYWIRE_KEY'], '--key') : undefined;
  const user = await secretOf(token ?? process.env['POLYWIRE_TOKEN'], '--token');
  const secret = await secretOf(signing, '--sign');
  return (request) => {
    const headers = {
      ...request.headers,
      ...(client !== undefined && { 'X-API-Key': client }),
      ...(user !== undefined && { Authorization: `Bearer ${user}` }),
    };
    if (sign === undefined || secret === undefined) return { ...request, headers };
    return { ...request, headers: { ...headers, ...signRequest({ ...request, headers }, { keyId: sign, secret }) } };
  };
}

/** A secret as an option gives it, or where the option says that it comes from. */
export async function secretOf(word: string | undefined, option: string): Promise<string | undefined> {
  if (word !== fromStdin) return word === '' ? undefined : word;
  return canAsk() ? askSecret(`Secret for ${option}: `) : secretFromStdin(option);
}
