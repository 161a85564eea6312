import { createServer } from '../../index.ts';
import { benchFunctions, benchSettings, type SiteVariant } from '../site.ts';
import { announcePort } from './announce.ts';

/** The only argument, as JSON. */
interface Variant extends SiteVariant {
  readonly log?: false;
}

/** Our server with every gate, validation, result checks and the log on; no credentials. */
async function serve({ log, ...site }: Variant): Promise<void> {
  const server = await createServer({
    functions: Object.values(benchFunctions),
    settings: benchSettings(site),
    log: log ?? '/dev/null',
  });
  const { port } = await server.listen({ port: 0, host: '127.0.0.1' });
  announcePort(port);
}

await serve(JSON.parse(process.argv[2] ?? '{}') as Variant);
