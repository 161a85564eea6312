import type { AnyFunction } from './define.ts';
import { paramsValidator, type Validator, validator } from './validate.ts';

/** What is built once for a function: the checks of its parameters and of its result. */
export interface Plan {
  readonly params: Validator;
  readonly result: Validator | undefined;
}

const plans = new WeakMap<AnyFunction, { readonly list: number; readonly plan: Plan }>();

/** The plan of a function, built on its first call. `list` is the site's limit for lists. */
export function planOf(fn: AnyFunction, list: number): Plan {
  const known = plans.get(fn);
  if (known !== undefined && known.list === list) return known.plan;
  const plan: Plan = {
    params: paramsValidator(fn.params, { list }),
    result: fn.returns === undefined ? undefined : validator(fn.returns, { open: true, list: Number.MAX_SAFE_INTEGER }),
  };
  plans.set(fn, { list, plan });
  return plan;
}
