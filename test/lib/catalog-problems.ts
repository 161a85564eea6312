import { expect } from 'chai';
import { CatalogError, createCatalog } from '../../lib/catalog.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Descriptor, ObjectDescriptor } from '../../lib/descriptor.ts';

/** The parts of a definition that a test says. */
export interface Parts {
  readonly name?: string;
  readonly params?: Readonly<Record<string, Descriptor>>;
  readonly returns?: Descriptor;
  readonly errors?: Readonly<Record<string, { number: number; status?: number; data?: ObjectDescriptor }>>;
  readonly [member: string]: unknown;
}

/** A function that is right but for the parts given. */
export function fn({ name = 'a.b', ...parts }: Parts): AnyFunction {
  return define(name, {
    description: 'Does nothing.',
    effect: 'read',
    handler: () => undefined,
    ...parts,
  } as never) as unknown as AnyFunction;
}

/** What a catalog says of functions that it refuses. */
export function problems(...functions: readonly AnyFunction[]): readonly string[] {
  try {
    createCatalog(functions);
  } catch (reason) {
    expect(reason, String(reason)).instanceOf(CatalogError);
    const error = reason as CatalogError;
    for (const problem of error.problems) expect(error.message).contain(problem);
    return error.problems;
  }
  return [];
}
