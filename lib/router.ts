import type { Protocol, Route } from './protocol.ts';

/** Which protocol answers a path. */
export interface Match {
  readonly protocol: Protocol;
  readonly route: Route;
  /** What follows the path of a route that answers more than that. */
  readonly tail: string;
}

interface Prefix extends Omit<Match, 'tail'> {
  readonly start: string;
  /** Whether exactly one segment follows. */
  readonly segment: boolean;
}

/**
 * Finds the protocol of a path: exact paths first, then the longest prefix. A route whose path ends in `/*` answers paths
 * with one more segment there, which is not empty.
 */
export function createRouter(protocols: readonly Protocol[]): (path: string) => Match | undefined {
  const exact = new Map<string, Match>();
  const prefixes: Prefix[] = [];
  for (const protocol of protocols) {
    for (const route of protocol.routes) {
      const segment = route.path.endsWith('/*');
      if (segment || route.prefix) {
        prefixes.push({ protocol, route, start: segment ? route.path.slice(0, -1) : route.path, segment });
      } else exact.set(route.path, { protocol, route, tail: '' });
    }
  }
  prefixes.sort((a, b) => b.start.length - a.start.length);
  return (path) => {
    const found = exact.get(path);
    if (found !== undefined) return found;
    for (const { protocol, route, start, segment } of prefixes) {
      if (!path.startsWith(start)) continue;
      const tail = path.slice(start.length);
      if (!segment || (tail !== '' && !tail.includes('/'))) return { protocol, route, tail };
    }
    return undefined;
  };
}
