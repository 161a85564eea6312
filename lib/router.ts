import type { Protocol, Route } from './protocol.ts';

/** Which protocol answers a path. */
export interface Match {
  readonly protocol: Protocol;
  readonly route: Route;
  /** What follows a prefix route's path. */
  readonly tail: string;
}

/** Finds the protocol of a path: exact paths first, then the longest prefix. */
export function createRouter(protocols: readonly Protocol[]): (path: string) => Match | undefined {
  const exact = new Map<string, Match>();
  const prefixes: Match[] = [];
  for (const protocol of protocols) {
    for (const route of protocol.routes) {
      const match = { protocol, route, tail: '' };
      if (route.prefix) prefixes.push(match);
      else exact.set(route.path, match);
    }
  }
  prefixes.sort((a, b) => b.route.path.length - a.route.path.length);
  return (path) => {
    const found = exact.get(path);
    if (found !== undefined) return found;
    for (const { protocol, route } of prefixes) {
      if (path.startsWith(route.path)) return { protocol, route, tail: path.slice(route.path.length) };
    }
    return undefined;
  };
}
