import { placeOf } from './attempt.ts';
import type { ForeignClient } from './client.ts';
import { clients } from './clients.ts';
import { must, run } from './command.ts';

/** dpkg's own placeholders. */
const format = ['$', '{Package} $', '{db:Status-Status}\n'].join('');

async function missing(packages: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run(['dpkg-query', '-W', '-f', format, ...packages]);
  const there = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ', 1)[0]),
  );
  return packages.filter((name) => !there.has(name));
}

/** Installs Debian's packages that clients need and that are not there. */
async function installDebian(): Promise<void> {
  const lacking = await missing([...new Set(clients.flatMap(({ debian = [] }) => debian))]);
  if (lacking.length === 0) return;
  process.stdout.write(`installing ${lacking.join(' ')}\n`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await must(['apt-get', 'update', '-qq'], { env });
  await must(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...lacking], { env, seconds: 900 });
}

async function installAll(): Promise<void> {
  await installDebian();
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
