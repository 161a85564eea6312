import type { AnyFunction } from '../../lib/define.ts';

/** Stands in for a house where functions are only described: all its parts are there, and none can be used. */
const nobodyHome: never = new Proxy((() => undefined) as never, {
  get: () => nobodyHome,
  apply: () => {
    throw new Error('There is no database behind a description');
  },
});

/** The functions that come with a database, admin.* and auth.*: to be looked at, not to be carried out. */
export async function ownFunctions(): Promise<readonly AnyFunction[]> {
  const [{ adminFunctions }, { authFunctions }] = await Promise.all([
    import('../admin/index.ts'),
    import('../auth/index.ts'),
  ]);
  return [...adminFunctions(nobodyHome), ...authFunctions(nobodyHome)];
}

/** One of them, by its name. */
export async function ownFunction(name: string): Promise<AnyFunction> {
  const found = (await ownFunctions()).find((fn) => fn.name === name);
  if (found === undefined) throw new Error(`There is no function ${name}`);
  return found;
}
