import { useEffect, useState } from 'preact/hooks';

/** Where the console's pages begin. */
const start = '/console/';

/** The place that the address names: segments below `/console/`, decoded, and the query. */
export interface Route {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Reads an address. */
export function routeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Route {
  const path = pathname.startsWith(start) ? pathname.slice(start.length) : '';
  return { segments: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(search) };
}

/** The address of a place: `pathTo('functions', 'users.get_users')`. */
export function pathTo(...segments: readonly string[]): string {
  return start + segments.map(encodeURIComponent).join('/');
}

/** An address with what it asks for; what is empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Where it stands why a request was refused, or why calls that are like this one would be. */
export function pathToRefusals(query: Readonly<Record<string, string>>): string {
  return withQuery(pathTo('administration', 'refusals'), query);
}

/** Where to sign in, and come back here. */
export function pathToSignIn(): string {
  return withQuery(pathTo('sign-in'), { to: location.pathname + location.search });
}

const moved = 'console-moved';

/** Goes to a place of the console, as a new entry of the history or in place of this one. */
export function go(path: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  dispatchEvent(new Event(moved));
  if (!replace) scrollTo(0, 0);
}

/** Follows clicks on links of the console without loading the page anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = (event.target as Element | null)?.closest('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(start) || link.hash !== '') return;
  event.preventDefault();
  go(link.pathname + link.search);
}

/** The place of the moment. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location));
  useEffect(() => {
    const follow = () => setRoute(routeOf(location));
    addEventListener('popstate', follow);
    addEventListener(moved, follow);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener(moved, follow);
    };
  }, []);
  return route;
}
