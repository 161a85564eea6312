import { breaksAll, type Change, Changes, harmless } from './change.ts';
import type { ComparableCatalog } from './comparable.ts';
import { functionChanges } from './function-changes.ts';

function whole(name: string, message: string, effect: Parameters<Changes['add']>[2]): readonly Change[] {
  const changes = new Changes(name);
  changes.add('', message, effect);
  return changes.list;
}

/** What has changed between two catalogs, and whose clients notice: function by function, in the order of their names. */
export function catalogChanges(before: ComparableCatalog, after: ComparableCatalog): readonly Change[] {
  const was = new Map(before.functions.map((fn) => [fn.name, fn]));
  const is = new Map(after.functions.map((fn) => [fn.name, fn]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    const [earlier, later] = [was.get(name), is.get(name)];
    if (earlier === undefined) return whole(name, 'is new', harmless);
    return later === undefined ? whole(name, 'is gone', breaksAll) : functionChanges(earlier, later);
  });
}
