import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { soapClient } from '../../client/soap.ts';
import type { AnyFunction } from '../../index.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Issues } from '../../lib/issues.ts';
import { exampleJson } from '../../lib/json/example.ts';
import { jsonReader } from '../../lib/json/read.ts';
import { type Finished, run } from '../clients/command.ts';
import { catalogs } from './catalogs.ts';
import { buildFolder } from './python.ts';
import { type DocumentedSite, serveCatalog } from './site.ts';

const folder = buildFolder('xsd');

/** The parameters of an example as handlers have them. */
function typed(fn: AnyFunction, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const read = Object.entries(exampleJson(fn, params)).map(([name, value]) => [
    name,
    jsonReader(fn.params[name] as Descriptor)(value, new Issues()),
  ]);
  return Object.fromEntries(read);
}

/** What an element of a message holds, as a document of its own: with the namespaces that its envelope has declared. */
function payload(message: string, holder: string): string {
  const [, inside = ''] = new RegExp(`<(?:\\w+:)?${holder}>(.*)</(?:\\w+:)?${holder}>`, 's').exec(message) ?? [];
  const [envelope = ''] = /<(?:\w+:)?Envelope[^>]*>/.exec(message) ?? [];
  const [own = ''] = /^<[^>]*>/.exec(inside) ?? [];
  const declared = [...envelope.matchAll(/ xmlns:\w+="[^"]*"/g)].map(([text]) => text);
  const missing = declared.filter((text) => !own.includes(text));
  return inside.replace(/^<[\w:.]+/, (name) => `${name}${missing.join('')}`);
}

describe('XML Schema by xmllint', () => {
  for (const catalog of catalogs) {
    describe(catalog.name, () => {
      let site: DocumentedSite;
      const schema = join(folder, `${catalog.name}.xsd`);
      before(async () => {
        site = await serveCatalog(catalog);
        writeFileSync(schema, await (await fetch(`${site.url}/soap?xsd`)).text());
      });
      after(() => site.close());

      /** Validates documents: who is not valid is told by name. */
      async function validate(name: string, documents: readonly string[]): Promise<Finished> {
        const files = documents.map((text, index) => {
          const file = join(folder, `${catalog.name}.${name}.${index}.xml`);
          writeFileSync(file, text);
          return file;
        });
        return run(['xmllint', '--noout', '--nonet', '--schema', schema, ...files], { seconds: 60 });
      }

      async function call(fn: AnyFunction, params: Readonly<Record<string, unknown>>) {
        const at = { url: new URL(`${site.url}/soap`), namespace: 'urn:polywire' };
        const { body, headers } = soapClient.encode(fn, typed(fn, params), at);
        const known = { 'X-API-Key': site.key, Authorization: `Bearer ${site.token}` };
        const answer = await fetch(at.url, { method: 'POST', headers: { ...headers, ...known }, body });
        return { sent: body, status: answer.status, answered: await answer.text() };
      }

      for (const fn of catalog.functions) {
        it(`${fn.name}: takes what is sent and what is answered`, async () => {
          const examples = fn.examples.length === 0 ? [{ params: {} }] : fn.examples;
          const documents: string[] = [];
          for (const { params } of examples) {
            const { sent, status, answered } = await call(fn, params);
            if (fn.examples.length > 0) documents.push(payload(sent, 'Body'));
            documents.push(payload(answered, status === 200 ? 'Body' : 'detail'));
          }
          const { status, stderr } = await validate(fn.name, documents);
          expect(status, stderr).to.equal(0);
          expect(stderr.match(/ validates$/gm)).to.have.length(documents.length);
        });
      }

      it('refuses what is not as it says', async () => {
        const namespace = 'xmlns:p="urn:polywire"';
        const wrong = [`<p:nothing ${namespace}/>`, `<p:PolywireFault ${namespace}><code>a</code></p:PolywireFault>`];
        const { status, stderr } = await validate('wrong', wrong);
        expect(status).not.to.equal(0);
        expect(stderr.match(/ fails to validate$/gm)).to.have.length(2);
      });
    });
  }
});
