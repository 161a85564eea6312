import type { RequestHead } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { functionName } from './decode.ts';

/**
 * The methods of a function that everybody may know of: POST alone for what writes, or wants to be called so. Undefined for
 * all other names, so that nobody finds out by OPTIONS what there is.
 */
export function methodsOf({ tail }: RequestHead, site: Site): readonly string[] | undefined {
  if (site.settings.documents !== 'public') return undefined;
  const fn = site.listed.find(({ name }) => name === nameOf(tail));
  return fn !== undefined && (fn.effect === 'write' || fn.post) ? ['POST'] : undefined;
}

function nameOf(tail: string): string {
  try {
    return functionName(tail);
  } catch {
    return ''; // a broken escape names nothing
  }
}
