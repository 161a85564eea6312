import type { Command } from 'commander';
import type { FunctionData } from '../../lib/define.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import type { JsonSchema } from '../../lib/schema.ts';
import { createSchemaSet } from '../../lib/schema-set.ts';
import { type LoadOption, withLoad } from './functions.ts';
import { namedFunction } from './named-function.ts';
import { print } from './output.ts';

/** `polywire schema`: prints the JSON Schemas of a function's parameters and result. */
export function configureSchema(command: Command): void {
  withLoad(command).argument('<function>', 'its name').action(schema);
}

async function schema(name: string, { load }: LoadOption): Promise<void> {
  print(exactJson(schemaOfFunction(await namedFunction(name, load)), 2));
}

/** What a function takes and gives as JSON (JSON Schema 2020-12). */
function schemaOfFunction({ name, params, returns }: FunctionData): JsonSchema {
  const set = createSchemaSet('#/$defs/');
  const taken = set.fields(params, 'sent');
  const given = returns === undefined ? { type: 'null' } : set.schema(returns, 'answered');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name,
    type: 'object',
    properties: { params: taken, result: given },
    $defs: set.named,
  };
}
