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

/** Installs those of Debian's packages that are not there. */
export async function installDebian(packages: readonly string[]): Promise<void> {
  const lacking = await missing([...new Set(packages)]);
  if (lacking.length === 0) return;
  process.stdout.write(`installing ${lacking.join(' ')}\n`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await must(['apt-get', 'update', '-qq'], { env });
  await must(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...lacking], { env, seconds: 900 });
}
