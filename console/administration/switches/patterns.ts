/** Functions that no glob matches: each is switched on by its name. */
const byNameOnly = /^(?:admin|auth)\./;

/** Whether a text is a glob. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*');
}

/** Whether a name or glob of `enabledwsfunctions` means a function. */
export function patternTest(pattern: string): (name: string) => boolean {
  if (!isGlob(pattern)) return (name) => name === pattern;
  const text = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const glob = new RegExp(`^${text}$`);
  return (name) => !byNameOnly.test(name) && glob.test(name);
}

/** Which of several names and globs mean a function. */
export function patternsFor(patterns: readonly string[]): (name: string) => readonly string[] {
  const tests = patterns.map((pattern) => [pattern, patternTest(pattern)] as const);
  return (name) => tests.flatMap(([pattern, test]) => (test(name) ? [pattern] : []));
}

/**
 * The list that switches off one function and no other: each glob that means it gives way to the names of the other
 * functions that it has switched on.
 */
export function withoutFunction(
  name: string,
  patterns: readonly string[],
  known: readonly string[],
): readonly string[] {
  const kept = patterns.filter((pattern) => !patternTest(pattern)(name));
  const still = patternsFor(kept);
  const was = patternsFor(patterns);
  const named = known.filter((one) => one !== name && was(one).length > 0 && still(one).length === 0);
  return [...kept, ...named];
}

/** Whether all that one name or glob means is also meant by another: `admin.disable` takes such ones off with it. */
export function covers(outer: string, inner: string): boolean {
  const text = outer.replaceAll('.', '\\.').replaceAll('*', '.*');
  return new RegExp(`^${text}$`).test(inner);
}

/** What is wrong with a name or glob to be switched on; undefined if nothing is. */
export function patternProblem(pattern: string, known: readonly string[]): string | undefined {
  if (pattern === '') return undefined;
  if (!/^[A-Za-z*][A-Za-z0-9_.*]*$/.test(pattern)) return 'Letters, digits, dots and * only.';
  if (isGlob(pattern) && byNameOnly.test(pattern))
    return 'No pattern matches admin.* and auth.*: switch each on by name.';
  return known.some(patternTest(pattern)) ? undefined : 'No function matches.';
}
