import type { AnyFunction } from './define.ts';
import { type GradualCheck, gradualCheck, gradualFieldsCheck, mayBeLong } from './gradual-check.ts';
import { paramsValidator, type Validator, validator } from './validate.ts';

/** What is built once for a function: the checks of its parameters and of its result. */
export interface Plan {
  readonly params: Validator;
  readonly result: Validator | undefined;
  /** The same for large calls, in turns; made on the first of them. */
  readonly gradual: Gradual;
  /** Whether a result is checked and written in turns; undefined where none can be long. */
  readonly isLong: ((result: unknown) => boolean) | undefined;
}

interface Gradual {
  readonly params: GradualCheck;
  readonly result: GradualCheck | undefined;
}

/** Results may have fields that are not declared, and lists as long as they are. */
const resultOptions = { open: true, list: Number.MAX_SAFE_INTEGER };

const plans = new WeakMap<AnyFunction, { readonly list: number; readonly plan: Plan }>();

/** The plan of a function, built on its first call. `list` is the site's limit for lists. */
export function planOf(fn: AnyFunction, list: number): Plan {
  const known = plans.get(fn);
  if (known !== undefined && known.list === list) return known.plan;
  let gradual: Gradual | undefined;
  const plan: Plan = {
    params: paramsValidator(fn.params, { list }),
    result: fn.returns === undefined ? undefined : validator(fn.returns, resultOptions),
    get gradual() {
      gradual ??= gradualOf(fn, list);
      return gradual;
    },
    isLong: fn.returns === undefined ? undefined : mayBeLong(fn.returns),
  };
  plans.set(fn, { list, plan });
  return plan;
}

function gradualOf({ params, returns }: AnyFunction, list: number): Gradual {
  return {
    params: gradualFieldsCheck(params, { list }),
    result: returns === undefined ? undefined : gradualCheck(returns, resultOptions),
  };
}
