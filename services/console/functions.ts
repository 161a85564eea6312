import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Site } from '../../lib/site.ts';
import type { ConsoleHouse } from './house.ts';

const asked = t.enum(['required', 'optional', 'none']);

const ConsoleFunction = t.object('ConsoleFunction', {
  name: t.string(),
  title: t.string({ description: 'The first sentence about it.' }),
  description: t.string({ description: 'The first line about it.' }),
  effect: t.enum(['read', 'write']),
  on: t.boolean(),
  listed: t.boolean(),
  protocols: t.list(t.string(), { description: 'The protocols by which it can be called now.' }),
  access: t.object('ConsoleAccess', {
    client: asked,
    user: asked,
    capabilities: t.list(t.string(), { description: 'What its callers need.' }),
  }),
  deprecated: t.optional(t.object('ConsoleDeprecated', { since: t.string(), use: t.optional(t.string()) })),
});

/** `console.functions`: what this caller may call, by the gates that a call would meet. */
export function listFunctions(house: ConsoleHouse) {
  return define('console.functions', {
    description: 'Lists the functions that you may call; for who switches them, all there are.',
    effect: 'read',
    access: { user: 'optional' },
    params: {
      all: t.default(t.boolean({ description: 'Those that are off or not listed too: for admin:settings.' }), false),
    },
    returns: t.list(ConsoleFunction, { max: 1_000_000 }),
    handler: ({ all }, call) => {
      const site = house.site();
      if (all) call.require('admin:settings');
      else call.functions(); // refuses where lists are for known callers only
      const found = all ? external(site) : callable(site).filter(({ name }) => call.mayCall(name));
      return found.map((fn) => summary(fn, site, house)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  });
}

function external({ catalog }: Site): readonly AnyFunction[] {
  return catalog.functions.filter(({ internal }) => !internal);
}

/** What could be called from the console: what is on, and what administers the site. */
function callable(site: Site): readonly AnyFunction[] {
  return external(site).filter((fn) => fn.listed && (site.functionIsOn(fn) || fn.name.startsWith('admin.')));
}

function summary(fn: AnyFunction, site: Site, house: ConsoleHouse) {
  const { name, effect, listed, deprecated, access } = fn;
  return {
    name,
    title: titleOf(fn),
    description: fn.description.split('\n', 1)[0] ?? '',
    effect,
    on: site.functionIsOn(fn),
    listed,
    protocols: protocolsOf(fn, site, house),
    access: {
      client: access.client ?? ('none' as const),
      user: access.user ?? ('none' as const),
      capabilities: access.capabilities ?? [],
    },
    ...(deprecated === undefined ? {} : { deprecated }),
  };
}

/** The first sentence about a function. */
export function titleOf({ description }: AnyFunction): string {
  const [line = ''] = description.split('\n', 1);
  return /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line;
}

/** The protocols by which a function can be called now. */
export function protocolsOf(fn: AnyFunction, site: Site, { protocols }: ConsoleHouse): readonly string[] {
  if (!site.on || !site.functionIsOn(fn)) return [];
  return protocols.flatMap(({ name }) => (site.protocolIsOn(name) ? [name] : []));
}
