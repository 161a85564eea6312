import { type Descriptor, unwrap } from './descriptor.ts';
import { Issues } from './issues.ts';
import { jsonReader } from './json/read.ts';
import { schemaOf } from './schema.ts';
import { validator } from './validate.ts';

/** One problem that Standard Schema reports. */
export interface StandardIssue {
  readonly message: string;
  readonly path: readonly string[];
}

type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** The `~standard` member of Standard Schema v1 with its JSON Schema extension. */
export interface StandardProps<T> {
  readonly version: 1;
  readonly vendor: 'polywire';
  /** Reads a JSON value (int64 and decimal as text or exact numbers, datetime and bytes as text) into a handler's value. */
  readonly validate: (value: unknown) => StandardResult<T>;
  readonly types?: { readonly input: unknown; readonly output: T };
  readonly jsonSchema: {
    readonly input: (options: { readonly target: string }) => Record<string, unknown>;
    readonly output: (options: { readonly target: string }) => Record<string, unknown>;
  };
}

/** Lets a descriptor speak Standard Schema v1, so that it drops into tools that take one. */
export function standard<T>(descriptor: Descriptor): StandardProps<T> {
  const schema = ({ target }: { readonly target: string }): Record<string, unknown> => {
    if (target !== 'draft-2020-12') throw new TypeError(`JSON Schema ${target} is not offered, draft-2020-12 is`);
    return { ...schemaOf(descriptor, { form: 'wire', open: false, list: 16_384 }) };
  };
  return {
    version: 1,
    vendor: 'polywire',
    validate: (raw) => {
      const { optional, fallback } = unwrap(descriptor);
      if (raw === undefined && optional) return { value: fallback?.value as T };
      const issues = new Issues();
      const value = issues.collect(() => jsonReader(descriptor)(raw, issues));
      issues.collect(() => validator(descriptor).issues(value, issues));
      if (issues.list.length === 0) return { value: value as T };
      return {
        issues: issues.list.map(({ message, path }) => ({ message, path: path === '' ? [] : path.split('/') })),
      };
    },
    jsonSchema: { input: schema, output: schema },
  };
}
