import type { ListedFunction } from '../define.ts';
import type { Descriptor, Json } from '../descriptor.ts';
import { Issues } from '../issues.ts';
import { jsonReader } from './read.ts';
import { jsonWriter } from './write.ts';

/** What a declaration holds as it would stand in JSON: examples may have moments and bytes as handlers get them. */
export function plainExample(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plainExample);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainExample(member)]));
}

/** The parameters of an example as they stand in JSON. */
export function exampleJson(
  { params: fields }: Pick<ListedFunction, 'params'>,
  params: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Json>> {
  const members = Object.entries(params).map(([name, value]) => {
    const field = fields[name] as Descriptor;
    const read = jsonReader(field)(plainExample(value), new Issues()); // the catalog has seen that it fits
    return [name, JSON.parse(jsonWriter(field)(read))];
  });
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
