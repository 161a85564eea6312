import { isDeepStrictEqual } from 'node:util';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Json } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { changedSettings, type PartialSettings, readSettings, type Settings } from '../../lib/settings.ts';
import { AdminSetting, describedSettings } from './described-settings.ts';
import { type AdminCall, type AdminHouse, check, doer, guarded } from './house.ts';
import { noteFunctions, noteProtocols } from './limits.ts';

const right = 'admin:settings';

const AdminSettings = t.object('AdminSettings', {
  settings: t.json({ description: 'All settings in force.' }),
  changed: t.list(t.string(), { description: 'Those that differ from their defaults, as limits/body.' }),
});

const AdminKnownSettings = t.object('AdminKnownSettings', {
  ...AdminSettings.fields,
  known: t.list(AdminSetting, { description: 'What can be set, members of groups one by one.' }),
});

type Settable = { readonly [key: string]: Json };

const plain = (settings: Settings): Settable => JSON.parse(JSON.stringify(settings)) as Settable;

function isGroup(value: Json | undefined): value is Settable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of what differs; members of groups one by one. */
function differing(now: Settable, before: Settable): readonly string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return names.flatMap((name) => {
    const [one, other] = [now[name], before[name]];
    if (isDeepStrictEqual(one, other)) return [];
    return isGroup(one) && isGroup(other) ? differing(one, other).map((member) => `${name}/${member}`) : [name];
  });
}

function showSettings(house: AdminHouse) {
  return define('admin.settings', {
    description: 'Shows all settings, what each does, and which differ from their defaults.',
    effect: 'read',
    ...guarded(right),
    returns: AdminKnownSettings,
    handler: () => ({ ...view(house.settings.current()), known: describedSettings }),
  });
}

function view(settings: Settings) {
  const now = plain(settings);
  return { settings: now, changed: differing(now, plain(readSettings({}))) };
}

/** Null sets a setting back to its default, also inside a group, and a whole group. */
function withoutNulls(changes: Settable, defaults: Settable): PartialSettings {
  const entries = Object.entries(changes).map(([name, value]) => {
    const usual = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (!isGroup(usual)) return [name, value ?? undefined];
    const nothing = Object.fromEntries(Object.keys(usual).map((member) => [member, undefined]));
    if (value === null) return [name, nothing];
    return [name, isGroup(value) ? withoutNulls(value, usual) : value];
  });
  return Object.fromEntries(entries) as PartialSettings;
}

/** The same fault with the paths of the parameter that brought the settings. */
function below(reason: unknown): unknown {
  if (!(reason instanceof Fault) || reason.issues.length === 0) return reason;
  const issues = reason.issues.map((issue) => ({ ...issue, path: `changes/${issue.path}` }));
  return new Fault('invalid-params', reason.message, { issues });
}

/**
 * Changes settings, all or nothing, and notes an event for each that is another one now.
 * @throws Fault `invalid-params`
 */
export async function change(
  house: AdminHouse,
  call: AdminCall,
  made: (settings: Settings) => PartialSettings,
): Promise<Settings> {
  let before: Settings = house.settings.current();
  const now = await house.settings.update((settings) => {
    before = settings;
    return made(settings);
  });
  for (const subject of differing(plain(now), plain(before))) {
    house.custody.event({ ...doer(call), kind: 'setting-changed', subject });
  }
  await house.refresh();
  return now;
}

function updateSettings(house: AdminHouse) {
  return define('admin.update_settings', {
    description: 'Changes settings, all or nothing: an object of those to change, null for a default.',
    effect: 'write',
    ...guarded(right),
    params: { changes: t.json() },
    returns: AdminSettings,
    handler: async ({ changes }, call) => {
      check((issues) => {
        if (!isGroup(changes)) issues.add('type', 'must be an object', 'changes');
      });
      const wanted = withoutNulls(changes as Settable, plain(readSettings({})));
      try {
        const now = await change(house, call, (settings) => {
          checkNames(readSettings(changedSettings(settings, wanted)), house);
          return wanted;
        });
        return view(now);
      } catch (reason) {
        throw below(reason);
      }
    },
  });
}

/** What only the whole site knows: names of protocols, and patterns that can match. */
function checkNames({ enabledwsprotocols, enabledwsfunctions }: Settings, house: AdminHouse): void {
  check((issues) => {
    noteProtocols(enabledwsprotocols, 'enabledwsprotocols', house, issues);
    noteFunctions(enabledwsfunctions, 'enabledwsfunctions', issues);
  });
}

/** Functions about settings. */
export function settingFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [showSettings, updateSettings].map((make) => make(house) as AnyFunction);
}
