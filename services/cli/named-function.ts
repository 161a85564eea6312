import type { FunctionData } from '../../lib/define.ts';
import { systemFunctions } from '../../protocols/xmlrpc/system.ts';
import { type CommandFailure, usage } from './failure.ts';
import { besideSamples, loadFunctions } from './functions.ts';
import { ownFunctions } from './own-functions.ts';
import { isProtected } from './patterns.ts';
import { suggestion } from './suggest.ts';

/** The functions that are known here: of the modules given, the samples, and those that a protocol or a database brings. */
export async function knownFunctions(
  name: string,
  load: readonly string[],
  protocol?: string,
): Promise<readonly FunctionData[]> {
  const own = protocol === 'xmlrpc' ? systemFunctions : [];
  const loaded = besideSamples(await loadFunctions(load));
  return [...loaded, ...own, ...(isProtected(name) ? await ownFunctions() : [])];
}

/**
 * One of them by its name.
 * @throws Failure that names the nearest ones where there is none
 */
export async function namedFunction(name: string, load: readonly string[]): Promise<FunctionData> {
  const known = await knownFunctions(name, load);
  const fn = known.find((candidate) => candidate.name === name);
  if (fn === undefined) throw unknownFunction(name, known, load);
  return fn;
}

/** Says that there is no such function, nor at the site that was asked. */
export function unknownFunction(
  name: string,
  known: readonly FunctionData[],
  load: readonly string[],
  asked?: string,
): CommandFailure {
  const where = load.length === 0 ? 'among the samples' : `in ${load.join(', ')}`;
  const elsewhere = asked === undefined ? '' : `, and ${asked} lists none of that name`;
  const hint = load.length === 0 ? '; name a module with your own functions by --load' : '';
  const nearest = suggestion(
    name,
    known.map((one) => one.name),
  );
  return usage(`there is no function '${name}' ${where}${elsewhere}${nearest}${hint}`);
}
