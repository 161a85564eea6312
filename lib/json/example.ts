import type { ListedFunction } from '../define.ts';
import type { Descriptor, Json } from '../descriptor.ts';
import { jsonWriter } from './write.ts';

/** The parameters of an example as they stand in JSON. */
export function exampleJson(
  { params: fields }: Pick<ListedFunction, 'params'>,
  params: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Json>> {
  const members = Object.entries(params).map(([name, value]) => [
    name,
    JSON.parse(jsonWriter(fields[name] as Descriptor)(value)),
  ]);
  return Object.fromEntries(members);
}
