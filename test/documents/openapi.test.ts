import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { run } from '../clients/command.ts';
import { catalogs } from './catalogs.ts';
import { buildFolder, pythonProgram } from './python.ts';
import { type DocumentedSite, serveCatalog } from './site.ts';

/** Whether openapi-spec-validator takes a document for OpenAPI 3.1, and what it says of it. */
async function judge(file: string): Promise<{ readonly valid: boolean; readonly said: string }> {
  const command = [pythonProgram('python'), '-m', 'openapi_spec_validator', '--schema', '3.1', '--errors', 'all', file];
  const { status, stdout, stderr } = await run(command, { seconds: 120 });
  return { valid: status === 0, said: `${stdout}${stderr}` };
}

describe('OpenAPI by openapi-spec-validator', () => {
  const folder = buildFolder('openapi');

  async function keep(name: string, url: string): Promise<string> {
    const file = join(folder, name);
    writeFileSync(file, await (await fetch(url)).text());
    return file;
  }

  for (const catalog of catalogs) {
    describe(catalog.name, () => {
      let site: DocumentedSite;
      before(async () => {
        site = await serveCatalog(catalog);
      });
      after(() => site.close());

      for (const form of ['json', 'yaml']) {
        it(`is valid as ${form}`, async () => {
          const { valid, said } = await judge(await keep(`${catalog.name}.${form}`, `${site.url}/openapi.${form}`));
          expect(valid, said).to.equal(true);
        });
      }
    });
  }

  it('tells a document that is wrong', async () => {
    const file = join(folder, 'wrong.json');
    const paths = { '/x': { get: { parameters: [{ name: 'a', in: 'query' }], responses: { 200: { headers: {} } } } } };
    writeFileSync(file, JSON.stringify({ openapi: '3.1.1', info: { title: 'Wrong', version: '1' }, paths }));
    expect((await judge(file)).valid).to.equal(false);
  });
});
