const guarded = /^(?:admin|auth)\./;

/** Functions that are never matched by a glob: each is switched on by its name. */
export function isGuarded(name: string): boolean {
  return guarded.test(name);
}

const pages = /^(?:admin\.|auth\.(?:startsession|endsessions?)$)/;

/** Functions that the site's own pages call whatever the switches say: nobody who switches all off is locked out by it. */
export function isForOwnPages(name: string): boolean {
  return pages.test(name);
}

/** Whether names match patterns: a name matches itself, or a glob in which `*` stands for any characters. */
export function namePatterns(patterns: readonly string[]): (name: string) => boolean {
  const names = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const globs = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((glob) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`));
  return (name) => names.has(name) || (!isGuarded(name) && globs.some((glob) => glob.test(name)));
}

const known = new WeakMap<readonly string[], (name: string) => boolean>();

/** As `namePatterns`, remembered by the list itself. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  let matches = known.get(patterns);
  if (matches === undefined) {
    const fresh = namePatterns(patterns);
    const verdicts = new Map<string, boolean>();
    matches = (asked) => {
      let verdict = verdicts.get(asked);
      if (verdict === undefined) {
        verdict = fresh(asked);
        verdicts.set(asked, verdict);
      }
      return verdict;
    };
    known.set(patterns, matches);
  }
  return matches(name);
}

/** Whether all that `inner` stands for is also meant by `outer`. */
export function covers(outer: string, inner: string): boolean {
  const parts = outer.split('*').map((part) => part.replace(/\./g, '\\.'));
  return new RegExp(`^${parts.join('.*')}$`).test(inner);
}
