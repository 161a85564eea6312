import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { must } from '../clients/command.ts';
import { catalogs } from './catalogs.ts';
import { generateClients, generatedFolder } from './generators.ts';
import { type DocumentedSite, serveCatalog } from './site.ts';

/** What both programs tell of. */
const checks = [
  ...['string', 'boolean', 'int', 'int64', 'int64 as a number', 'float', 'decimal', 'date', 'datetime', 'bytes'],
  ...['enum', 'list', 'map', 'object', 'json', 'nullable', 'optional', 'records', 'default', 'no result'],
  ...['query', 'query of an object', 'query of digits'],
  ...['declared error', 'declared error without data', 'standard error', 'unauthenticated'],
  ...['key and token', 'idempotency key', 'idempotency key, again', 'deprecated'],
];

/** The clients that are generated: their program, and where the generator puts its types. */
const clients = [
  { name: 'openapi-typescript and openapi-fetch', program: 'fetch', types: 'schema.ts' },
  { name: '@hey-api/openapi-ts', program: 'hey', types: 'hey/sdk.gen.ts' },
] as const;

describe('TypeScript clients generated from OpenAPI', () => {
  let site: DocumentedSite;
  before(async () => {
    const functions = catalogs.slice(1).flatMap((catalog) => catalog.functions);
    site = await serveCatalog({ functions });
    const document = join(generatedFolder(), 'openapi.json');
    writeFileSync(document, await (await fetch(`${site.url}/openapi.json`)).text());
    await generateClients(document);
  });
  after(() => site.close());

  for (const { name, program, types } of clients) {
    describe(name, () => {
      const told = new Map<string, string | undefined>();
      before(async () => {
        const env = { POLYWIRE_URL: site.url, POLYWIRE_KEY: site.key, POLYWIRE_TOKEN: site.token };
        const file = join(generatedFolder(), 'out', `${program}.js`);
        for (const line of (await must([process.execPath, file], { env, seconds: 60 })).trim().split('\n')) {
          const { check, wrong } = JSON.parse(line) as { readonly check: string; readonly wrong?: string };
          told.set(check, wrong);
        }
      });

      for (const check of checks) {
        it(check, () => {
          expect([...told.keys()]).to.include(check);
          expect(told.get(check)).to.equal(undefined);
        });
      }

      it('tells of nothing else', () => {
        expect([...told.keys()].sort()).to.deep.equal([...checks].sort());
      });

      it('marks in its types what is deprecated', () => {
        const text = readFileSync(join(generatedFolder(), types), 'utf8');
        expect(text).to.match(
          /@deprecated[^/]*Deprecated since 2\.0\. Use `bookings\.book`|Deprecated since 2\.0[^/]*@deprecated/,
        );
      });
    });
  }
});
