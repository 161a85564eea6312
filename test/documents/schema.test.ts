import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { AnyFunction } from '../../index.ts';
import { exampleJson } from '../../lib/json/example.ts';
import { must } from '../clients/command.ts';
import { repositoryFile } from '../documentation/repository.ts';
import { catalogs } from './catalogs.ts';
import { type DocumentedSite, serveCatalog } from './site.ts';

/** ajv as strict as it is: unknown keywords, formats and types that do not go together are refused. */
function strictAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: true,
    strictTuples: true,
    allowUnionTypes: true,
    allErrors: true,
  });
  ajv.addFormat('int64', { type: 'string', validate: (text) => BigInt.asIntN(64, BigInt(text)) === BigInt(text) });
  ajv.addFormat('decimal', /^-?[0-9]*\.?[0-9]+$/);
  ajv.addFormat('date', (text) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text));
  ajv.addFormat('date-time', (text) => /[Zz]|[+-][0-9]{2}:[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(text)));
  return ajv;
}

describe('JSON Schema by ajv, strict', () => {
  for (const catalog of catalogs) {
    describe(catalog.name, () => {
      let site: DocumentedSite;
      before(async () => {
        site = await serveCatalog(catalog);
      });
      after(() => site.close());

      /** What `polywire schema` prints of a function. */
      async function printed(fn: AnyFunction): Promise<Readonly<Record<string, unknown>>> {
        const module = catalog.module === undefined ? [] : ['--load', join(import.meta.dirname, catalog.module)];
        const command = [process.execPath, repositoryFile('dist/services/cli/main.js'), 'schema', fn.name, ...module];
        return JSON.parse(await must(command, { seconds: 60 })) as Readonly<Record<string, unknown>>;
      }

      /** What REST answers, as one who is known. */
      async function call(fn: AnyFunction, params: object): Promise<{ readonly result?: unknown }> {
        const known = { 'X-API-Key': site.key, Authorization: `Bearer ${site.token}` };
        const answer = await fetch(`${site.url}/rest/${fn.name}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...known },
          body: JSON.stringify(params),
        });
        return (await answer.json()) as { readonly result?: unknown };
      }

      for (const fn of catalog.functions) {
        it(`${fn.name}: takes examples and results, and nothing else`, async () => {
          const ajv = strictAjv();
          const fits = ajv.compile(await printed(fn));
          for (const { params } of fn.examples) {
            const sent = exampleJson(fn, params);
            const { result } = await call(fn, sent);
            const whole = { params: sent, ...(result === undefined ? {} : { result }) };
            expect(fits(whole), ajv.errorsText(fits.errors)).to.equal(true);
            expect(result !== undefined || fn.name === 'test.fail', 'there is a result').to.equal(true);
          }
          expect(fits({ params: { nonsense: 1 } }), 'a parameter that is not known').to.equal(false);
          expect(fits({ result: { nonsense: [undefined] } }) && fn.name !== 'kinds.echo_json').to.equal(false);
        });
      }
    });
  }
});
