import type { Descriptor } from '../../lib/descriptor.ts';
import { type PartialSettings, type Settings, settingsType } from '../../lib/settings.ts';
import { type KnownSetting, knownSettings, settingAt, valueAt } from '../known-settings.ts';
import { usage } from './failure.ts';
import { suggestion } from './suggest.ts';

type Tree = Readonly<Record<string, unknown>>;

/** What is in force of a setting. */
export function inForce({ path }: KnownSetting, all: Settings): unknown {
  return valueAt(all as unknown as Tree, path);
}

/**
 * The settings of a name, several if it is that of a group.
 * @throws CommandFailure
 */
export function settingsNamed(name: string): readonly KnownSetting[] {
  const found = knownSettings.filter((setting) => setting.name === name || setting.path[0] === name);
  if (found.length > 0) return found;
  const known = knownSettings.map((setting) => setting.name);
  throw usage(`there is no setting '${name}'${suggestion(name, known)}: polywire setting list`);
}

/**
 * One setting, or a whole group as one.
 * @throws CommandFailure
 */
export function settingNamed(name: string): KnownSetting {
  const exact = settingsNamed(name).find((setting) => setting.name === name);
  return exact ?? settingAt([name], settingsType.fields[name] as Descriptor);
}

/** The change that gives settings these values; undefined is the default. */
export function changeOf(all: Settings, values: ReadonlyMap<KnownSetting, unknown>): PartialSettings {
  const change: Record<string, unknown> = {};
  for (const [{ path }, value] of values) {
    const [group = '', member] = path;
    if (member === undefined) change[group] = value;
    else change[group] = { ...membersOf(group, change, all), [member]: value };
  }
  for (const [group, value] of Object.entries(change)) if (isGone(group, value)) change[group] = undefined;
  return change as PartialSettings;
}

/** Groups whose members are merged with those that are held, one by one. */
const merged = ['limits', 'logins', 'quotas', 'audit'];

/** Whether nothing is left of a group that stands or falls as a whole. */
function isGone(group: string, value: unknown): boolean {
  if (merged.includes(group) || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((member) => member === undefined);
}

/** What a group holds already; those that are merged member by member need not be repeated. */
function membersOf(group: string, change: Tree, all: Settings): Tree {
  return (change[group] ?? (merged.includes(group) ? {} : ((all as unknown as Tree)[group] ?? {}))) as Tree;
}
