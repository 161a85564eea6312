import { placeOf } from './attempt.ts';
import type { ForeignClient } from './client.ts';
import { clients } from './clients.ts';
import { installDebian } from './debian.ts';

async function installAll(): Promise<void> {
  await installDebian(clients.flatMap(({ debian = [] }) => debian));
  const done = new Set<ForeignClient['install']>();
  for (const client of clients) {
    if (client.install === undefined || done.has(client.install)) continue;
    done.add(client.install); // clients of one language share what they install
    process.stdout.write(`preparing ${client.name}\n`);
    await client.install(placeOf(client));
  }
}

installAll().catch((reason: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${(reason as Error).message}\n`);
});
