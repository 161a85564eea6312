import { type ObjectDescriptor, unwrap } from '../../lib/descriptor.ts';

/** `valid_until` outside is `validUntil` inside. */
type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
/** Moments are milliseconds inside, and null, which takes a value away, is undefined. */
type Inner<V> = V extends Date ? number : V extends null ? undefined : V;
type Held<P> = { readonly [K in keyof P & string as Camel<K>]: Inner<Exclude<P[K], undefined>> };

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Parameters as records hold them. What is left out stays out; null becomes an undefined that is there. */
export function held<P extends object>(params: P): Held<P> {
  const entries = Object.entries(params).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [camel(name), value instanceof Date ? value.getTime() : (value ?? undefined)]),
  ) as Held<P>;
}

/** A record as callers may see it: the fields of the type and no others, times as moments. `more` has what the record has not. */
export function shown<T>(type: ObjectDescriptor<T>, record: object, more: Partial<T> = {}): T {
  const values = { ...record, ...more } as Readonly<Record<string, unknown>>;
  const made: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const value = values[name] ?? values[camel(name)];
    if (value === undefined) continue;
    made[name] = unwrap(field).core.kind === 'datetime' && typeof value === 'number' ? new Date(value) : value;
  }
  return made as T;
}
