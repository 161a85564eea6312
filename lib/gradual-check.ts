import { type Descriptor, type Fields, unwrap } from './descriptor.ts';
import { mayBeEmpty } from './schema.ts';
import type { Turn } from './turn.ts';
import { type ValidatorOptions, validator } from './validate.ts';
import { fieldOf, memberless } from './values.ts';

/** How strict the check is: `list` is the site's limit for lists. */
type Options = ValidatorOptions & { readonly list: number };

/** Checks a value in turns, the items of long lists one by one: the verdict is that of `Validator.fits`. */
export type GradualCheck = (value: unknown, turn: Turn) => Promise<boolean>;

/** Items from which on a list is long: fewer are checked and written at once, in less than a turn. */
export const longList = 1_024;

/** The gradual check of one descriptor. */
export function gradualCheck(descriptor: Descriptor, options: Options): GradualCheck {
  const { core, nullable } = unwrap(descriptor);
  const whole = validator(descriptor, options);
  if (core.kind === 'list') {
    const { min = 0, max = options.list } = core;
    const item = validator(core.item, options);
    return async (value, turn) => {
      if (!Array.isArray(value) || value.length <= longList) return whole.fits(value);
      return value.length >= min && value.length <= max && (await allFit(value, item.fits, turn));
    };
  }
  if (core.kind === 'object' && mayBeLong(descriptor) !== undefined) {
    const fields = gradualFieldsCheck(core.fields, options);
    const isShown = mayBeEmpty(core) ? (value: unknown) => memberless(value as object) === undefined : () => true;
    return async (value, turn) => (nullable && value === null) || ((await fields(value, turn)) && isShown(value));
  }
  return async (value) => whole.fits(value);
}

async function allFit(items: readonly unknown[], fits: (item: unknown) => boolean, turn: Turn): Promise<boolean> {
  for (let i = 0; i < items.length; i++) {
    if (!fits(items[i])) return false;
    if (turn.isOver()) await turn.next();
  }
  return true;
}

/** The gradual check of a record of fields: of an object's, or of a function's parameters. */
export function gradualFieldsCheck(fields: Fields, options: Options): GradualCheck {
  const checks = Object.entries(fields).map(([name, field]) => ({
    name,
    check: gradualCheck(field, options),
    optional: unwrap(field).optional,
  }));
  return async (value, turn) => {
    if (!isRecord(value, fields, options.open ?? false)) return false;
    for (const { name, check, optional } of checks) {
      const member = fieldOf(value, name);
      if (member === undefined ? !optional : !(await check(member, turn))) return false;
    }
    return true;
  };
}

/** Whether a value is an object, with no fields but those that are declared unless it is open. */
function isRecord(value: unknown, fields: Fields, open: boolean): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return open || Object.keys(value).every((name) => Object.hasOwn(fields, name));
}

/** Tells whether a value is to be checked and written in turns: it is a long list, or an object with one. */
export function mayBeLong(descriptor: Descriptor): ((value: unknown) => boolean) | undefined {
  const { core } = unwrap(descriptor);
  if (core.kind === 'list') return (value) => Array.isArray(value) && value.length > longList;
  if (core.kind !== 'object') return undefined;
  const fields = Object.entries(core.fields).flatMap(([name, field]) => {
    const isLong = mayBeLong(field);
    return isLong === undefined ? [] : [{ name, isLong }];
  });
  if (fields.length === 0) return undefined;
  return (value) =>
    typeof value === 'object' && value !== null && fields.some(({ name, isLong }) => isLong(fieldOf(value, name)));
}
