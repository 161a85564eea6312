import { join } from 'node:path';
import { expect } from 'chai';
import { run } from '../clients/command.ts';
import { repositoryFile } from '../documentation/repository.ts';
import { catalogs, type DocumentedCatalog } from './catalogs.ts';
import { buildFolder, pythonProgram } from './python.ts';
import { type DocumentedSite, serveCatalog } from './site.ts';

/** Milliseconds that a call may take: enough for all but `test.sleep`, which meets it. */
const deadline = 500;

const folder = repositoryFile('test/documents/schemathesis');

/** Lets schemathesis loose upon a server: what it printed, and its exit status. */
async function assail(
  { url, key, token }: DocumentedSite,
  settings: string,
): Promise<{ readonly status: number | null; readonly said: string }> {
  const command = [pythonProgram('schemathesis'), '--config-file', join(folder, settings)];
  const { status, stdout, stderr } = await run([...command, 'run', `${url}/openapi.json`], {
    cwd: buildFolder('schemathesis'),
    env: { SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: folder, POLYWIRE_KEY: key, POLYWIRE_TOKEN: token, NO_COLOR: '1' },
    seconds: 280,
  });
  return { status, said: `${stdout}${stderr}` };
}

function cases(said: string): number {
  return Number(/Test cases:\s+([0-9,]+) generated/.exec(said)?.[1]?.replaceAll(',', '') ?? 0);
}

describe('REST by schemathesis', () => {
  const hold = (catalog: DocumentedCatalog, settings: string): void => {
    it(`${catalog.name}, ${settings}: no check fails`, async () => {
      const site = await serveCatalog(catalog, deadline);
      try {
        const { status, said } = await assail(site, settings);
        expect(status, said.slice(-12_000)).to.equal(0);
        expect(cases(said), said).to.be.greaterThan(20 * catalog.functions.length);
        process.stdout.write(`      ${cases(said)} cases\n`);
      } finally {
        await site.close();
      }
    });
  };
  for (const catalog of catalogs) hold(catalog, 'schemathesis.toml');
  for (const catalog of catalogs.slice(-1)) hold(catalog, 'credentials.toml');
});
