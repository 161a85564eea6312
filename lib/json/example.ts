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

/** Whether a value, or anything inside of it, is a secret. */
export function holdsSecret(descriptor: Descriptor): boolean {
  if (descriptor.sensitive === true) return true;
  if ('inner' in descriptor) return holdsSecret(descriptor.inner);
  if (descriptor.kind === 'list') return holdsSecret(descriptor.item);
  if (descriptor.kind === 'map') return holdsSecret(descriptor.value);
  return descriptor.kind === 'object' && Object.values(descriptor.fields).some(holdsSecret);
}

/** The examples of a function that documents show: those in which nothing is a secret. */
export function shownExamples({
  params,
  examples,
}: Pick<ListedFunction, 'params' | 'examples'>): ListedFunction['examples'] {
  const isOpen = (name: string): boolean => !holdsSecret(params[name] as Descriptor);
  return examples.filter((example) => Object.keys(example.params).every(isOpen));
}
