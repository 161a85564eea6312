import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { root } from '../repository.ts';

interface Group {
  readonly description: string;
  readonly schema: object | boolean;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

/** What ajv itself gets wrong: shapes that no descriptor of ours exports (empty enumerations, relative references). */
const known: Readonly<Record<string, number>> = { 'enum.json': 6, 'properties.json': 1, 'ref.json': 8 };

const folder = join(root, 'test/lib/json-schema/data');

describe('lib/json-schema', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    it(`judges as the test suite does: ${file}`, () => {
      const wrong: string[] = [];
      for (const { description, schema, tests } of JSON.parse(readFileSync(join(folder, file), 'utf8')) as Group[]) {
        const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false });
        for (const test of tests) {
          let valid: unknown;
          try {
            valid = ajv.validate(schema, test.data);
          } catch (reason) {
            valid = String(reason).slice(0, 80);
          }
          if (valid !== test.valid) wrong.push(`${description}: ${test.description}: ${String(valid)}`);
        }
      }
      expect(wrong, wrong.join('\n')).have.length(known[file] ?? 0);
    });
  }
});
