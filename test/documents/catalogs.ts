import type { AnyFunction } from '../../index.ts';
import { sampleFunctions } from '../../services/sample/index.ts';
import { kindFunctions } from './kinds.ts';
import { ruledFunctions } from './ruled.ts';

/** A catalog whose documents and answers are looked at by programs that others wrote. */
export interface DocumentedCatalog {
  readonly name: string;
  readonly functions: readonly AnyFunction[];
  /** The module that `polywire --load` takes for it; undefined for what is there anyway. */
  readonly module: string | undefined;
}

/** The sample functions of the demo; every kind of value at its edges; everything that a function can declare. */
export const catalogs: readonly DocumentedCatalog[] = [
  { name: 'samples', functions: sampleFunctions, module: undefined },
  { name: 'kinds', functions: kindFunctions, module: 'kinds.js' },
  { name: 'ruled', functions: ruledFunctions, module: 'ruled.js' },
];
