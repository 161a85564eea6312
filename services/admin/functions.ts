import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { namePatterns } from '../../lib/gates/patterns.ts';
import { type AdminHouse, guarded } from './house.ts';

const asked = t.enum(['required', 'optional', 'none']);

const AdminFunction = t.object('AdminFunction', {
  name: t.string(),
  description: t.string(),
  on: t.boolean(),
  listed: t.boolean({ description: 'Whether lists and documents show it.' }),
  internal: t.boolean({ description: 'Whether it can never be called from outside.' }),
  effect: t.enum(['read', 'write']),
  client: asked,
  user: asked,
  capabilities: t.list(t.string(), { description: 'What its callers need.' }),
  services: t.list(t.string(), { description: 'The services that have it.' }),
});

function listFunctions(house: AdminHouse) {
  return define('admin.list_functions', {
    description: 'Lists all functions of the catalog, on or off.',
    effect: 'read',
    ...guarded('admin:services'),
    returns: t.list(AdminFunction),
    handler: async () => {
      const now = house.site();
      const services = (await house.custody.store.services.list()).map(({ name, functions }) => ({
        name,
        has: namePatterns(functions),
      }));
      return now.catalog.functions.map((fn) => ({
        name: fn.name,
        description: fn.description,
        on: now.functionIsOn(fn),
        listed: fn.listed,
        internal: fn.internal,
        effect: fn.effect,
        client: fn.access.client ?? ('none' as const),
        user: fn.access.user ?? ('none' as const),
        capabilities: fn.access.capabilities ?? [],
        services: services.filter(({ has }) => has(fn.name)).map(({ name }) => name),
      }));
    },
  });
}

/** Functions about functions. */
export function functionFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [listFunctions(house) as AnyFunction];
}
