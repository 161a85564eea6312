import type { Settings } from '../settings.ts';
import type { Authenticator } from './authenticator.ts';
import type { Chain } from './identity.ts';

/** Stands for a required authenticator that does not exist: nobody passes it. */
function absent(name: string): Authenticator {
  return { name, kind: 'user', headers: [], find: () => undefined, verify: () => undefined };
}

/**
 * Builds the chains that settings name out of the authenticators there are. A sufficient one that does not exist is left
 * out; a required one that does not exist lets nobody pass.
 * @param unknown told each name that does not exist
 */
export function chains(
  authenticators: readonly Authenticator[],
  unknown: (name: string) => void,
): (settings: Settings) => Chain {
  const byName = new Map(authenticators.map((authenticator) => [authenticator.name, authenticator]));
  const built = new WeakMap<Settings, Chain>();
  return (settings) => {
    const known = built.get(settings);
    if (known !== undefined) return known;
    const chain = settings.authenticators.flatMap(({ name, importance }) => {
      const authenticator = byName.get(name);
      if (authenticator === undefined) unknown(name);
      if (authenticator === undefined && importance === 'sufficient') return [];
      return [{ authenticator: authenticator ?? absent(name), importance }];
    });
    built.set(settings, chain);
    return chain;
  };
}
