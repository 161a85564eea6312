import type { AnyFunction } from '../../lib/define.ts';
import { systemFunctions } from '../../protocols/xmlrpc/system.ts';
import { usage } from './failure.ts';
import { besideSamples, loadFunctions } from './functions.ts';
import { ownFunctions } from './own-functions.ts';
import { isProtected } from './patterns.ts';
import { suggestion } from './suggest.ts';

/**
 * A function by its name: of the modules given, the samples, and those that a protocol or a database brings.
 * @throws Failure that names the nearest ones where there is none
 */
export async function namedFunction(name: string, load: readonly string[], protocol?: string): Promise<AnyFunction> {
  const own = protocol === 'xmlrpc' ? systemFunctions : [];
  const loaded = besideSamples(await loadFunctions(load));
  const known = [...loaded, ...own, ...(isProtected(name) ? await ownFunctions() : [])];
  const fn = known.find((candidate) => candidate.name === name);
  if (fn !== undefined) return fn;
  const where = load.length === 0 ? 'among the samples' : `in ${load.join(', ')}`;
  const hint = load.length === 0 ? '; name a module with your own functions by --load' : '';
  throw usage(
    `there is no function '${name}' ${where}${suggestion(
      name,
      known.map((one) => one.name),
    )}${hint}`,
  );
}
