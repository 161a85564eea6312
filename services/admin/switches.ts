import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Infer } from '../../lib/descriptor.ts';
import { covers, namePatterns } from '../../lib/gates/patterns.ts';
import type { PartialSettings, Settings } from '../../lib/settings.ts';
import { type AdminHouse, check, conflict, guarded } from './house.ts';
import { noteFunctions, noteProtocols } from './limits.ts';
import { change } from './settings.ts';

const AdminSwitches = t.object('AdminSwitches', {
  enablewebservices: t.boolean({ description: 'The switch of the whole site.' }),
  enabledwsprotocols: t.list(t.string()),
  enabledwsfunctions: t.list(t.string(), { description: 'Names or globs.' }),
});

const params = {
  kind: t.enum(['site', 'protocol', 'function']),
  names: t.default(t.list(t.string({ min: 1, max: 100 }), { max: 1_000 }), [], {
    description: 'Names of protocols; names or globs of functions; none for the site.',
  }),
};

type Switch = Infer<typeof params.kind>;

/** @throws Fault `invalid-params` for names that switch nothing */
function checkNames(kind: Switch, names: readonly string[], house: AdminHouse): void {
  check((issues) => {
    if (kind === 'site' && names.length > 0) issues.add('unknown', 'the site has no names', 'names');
    if (kind !== 'site' && names.length === 0) issues.add('length', 'must name at least one', 'names');
    if (kind === 'protocol') noteProtocols(names, 'names', house, issues);
    if (kind === 'function') noteFunctions(names, 'names', issues);
  });
}

/** The functions that may be on at all. */
function external({ site }: AdminHouse): readonly string[] {
  return site().catalog.functions.flatMap((fn) => (fn.internal ? [] : [fn.name]));
}

function checkMatches(patterns: readonly string[], house: AdminHouse): void {
  const known = external(house);
  check((issues) => {
    for (const [index, pattern] of patterns.entries()) {
      if (!known.some(namePatterns([pattern]))) issues.add('unknown', 'matches no function', `names/${index}`);
    }
  });
}

const joined = (held: readonly string[], names: readonly string[]) => [...new Set([...held, ...names])];

function view({ enablewebservices, enabledwsprotocols, enabledwsfunctions }: Settings) {
  return { enablewebservices, enabledwsprotocols, enabledwsfunctions };
}

function enable(house: AdminHouse) {
  const changes = (kind: Switch, names: readonly string[], settings: Settings): PartialSettings => {
    if (kind === 'site') return { enablewebservices: true };
    return kind === 'protocol'
      ? { enabledwsprotocols: joined(settings.enabledwsprotocols, names) }
      : { enabledwsfunctions: joined(settings.enabledwsfunctions, names) };
  };
  return define('admin.enable', {
    description: 'Switches on the site, protocols or functions.',
    effect: 'write',
    ...guarded('admin:settings'),
    params,
    returns: AdminSwitches,
    handler: async ({ kind, names }, call) => {
      checkNames(kind, names, house);
      if (kind === 'function') checkMatches(names, house);
      return view(await change(house, call, (settings) => changes(kind, names, settings)));
    },
  });
}

/** What stays on; refused where a function would be on by another pattern all the same. */
function remaining(held: readonly string[], patterns: readonly string[], house: AdminHouse): readonly string[] {
  const kept = held.filter((one) => !patterns.some((pattern) => covers(pattern, one)));
  const on = external(house).filter(namePatterns(kept));
  for (const pattern of patterns) {
    const left = on.find((name) => covers(pattern, name));
    const by = left === undefined ? undefined : kept.find((one) => namePatterns([one])(left));
    if (by !== undefined) throw conflict(`${left} would stay on by ${by}: disable ${by} and enable the rest by name`);
  }
  return kept;
}

function disable(house: AdminHouse) {
  const changes = (kind: Switch, names: readonly string[], settings: Settings): PartialSettings => {
    if (kind === 'site') return { enablewebservices: false };
    return kind === 'protocol'
      ? { enabledwsprotocols: settings.enabledwsprotocols.filter((name) => !names.includes(name)) }
      : { enabledwsfunctions: remaining(settings.enabledwsfunctions, names, house) };
  };
  return define('admin.disable', {
    description: 'Switches off the site, protocols or functions.',
    effect: 'write',
    ...guarded('admin:settings'),
    params,
    returns: AdminSwitches,
    handler: async ({ kind, names }, call) => {
      const { enabledwsprotocols, enabledwsfunctions } = house.settings.current();
      const stale = kind === 'protocol' ? enabledwsprotocols : enabledwsfunctions;
      const fresh = names.filter((name) => !stale.some((held) => covers(name, held)));
      if (kind === 'site' || names.length === 0 || fresh.length > 0)
        checkNames(kind, kind === 'site' ? names : fresh, house);
      if (kind === 'function') checkMatches(fresh, house);
      return view(await change(house, call, (settings) => changes(kind, names, settings)));
    },
  });
}

/** Functions about the three switches. */
export function switchFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [enable, disable].map((make) => make(house) as AnyFunction);
}
