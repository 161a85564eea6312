import { createServer } from '../../index.ts';
import { type CredentialKind, issueCredential } from '../credentials.ts';
import { benchFunctions, benchSettings, guardedEcho, type SiteVariant } from '../site.ts';
import { announcePort } from './announce.ts';

/** The only argument, as JSON: what this server has other than the default. */
export interface ServerVariant extends SiteVariant {
  readonly log?: false;
  readonly database?: string;
  readonly redis?: string;
  /** What callers must have; left out, the functions are open to everyone. */
  readonly credential?: CredentialKind;
}

/** Our server with every gate, validation, result checks and the log on. */
async function serve({ log, database, redis, credential, ...site }: ServerVariant): Promise<void> {
  const echo = credential === undefined ? benchFunctions.echo : guardedEcho[credential];
  const server = await createServer({
    functions: Object.values({ ...benchFunctions, echo }),
    settings: benchSettings(site),
    log: log ?? '/dev/null',
    ...(database === undefined ? {} : { database }),
    ...(redis === undefined ? {} : { redis }),
  });
  const headers = credential === undefined ? {} : await issueCredential(server, credential);
  const { port } = await server.listen({ port: 0, host: '127.0.0.1' });
  announcePort(port, headers);
}

await serve(JSON.parse(process.argv[2] ?? '{}') as ServerVariant);
