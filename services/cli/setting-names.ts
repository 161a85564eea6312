import { type Descriptor, unwrap } from '../../lib/descriptor.ts';
import { type PartialSettings, readSettings, type Settings, settingsType } from '../../lib/settings.ts';
import { usage } from './failure.ts';
import { descriptionOf } from './flags.ts';
import { suggestion } from './suggest.ts';

/** A setting that has a value of its own. */
export interface Setting {
  /** `limits.batch` as a path. */
  readonly path: readonly string[];
  /** `limits.batch` */
  readonly name: string;
  readonly descriptor: Descriptor;
  readonly description: string;
  readonly fallback: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

const defaults = readSettings({}) as unknown as Tree;

/** Every setting, those of groups one by one. */
export const settings: readonly Setting[] = Object.entries(settingsType.fields).flatMap(([name, field]) => {
  const { core } = unwrap(field);
  if (core.kind !== 'object') return [settingAt([name], field)];
  return Object.entries(core.fields).map(([member, inner]) => settingAt([name, member], inner));
});

function settingAt(path: readonly string[], descriptor: Descriptor): Setting {
  const description = descriptionOf(descriptor);
  return { path, name: path.join('.'), descriptor, description, fallback: valueAt(defaults, path) };
}

function valueAt(tree: Tree, [name = '', ...rest]: readonly string[]): unknown {
  const value = Object.hasOwn(tree, name) ? tree[name] : undefined;
  if (rest.length === 0 || value === undefined) return value;
  return valueAt(value as Tree, rest);
}

/** What is in force of a setting. */
export function inForce({ path }: Setting, all: Settings): unknown {
  return valueAt(all as unknown as Tree, path);
}

/**
 * The settings of a name, several if it is that of a group.
 * @throws CommandFailure
 */
export function settingsNamed(name: string): readonly Setting[] {
  const found = settings.filter((setting) => setting.name === name || setting.path[0] === name);
  if (found.length > 0) return found;
  const known = settings.map((setting) => setting.name);
  throw usage(`there is no setting '${name}'${suggestion(name, known)}: polywire setting list`);
}

/**
 * One setting, or a whole group as one.
 * @throws CommandFailure
 */
export function settingNamed(name: string): Setting {
  const exact = settingsNamed(name).find((setting) => setting.name === name);
  return exact ?? settingAt([name], settingsType.fields[name] as Descriptor);
}

/** The change that gives settings these values; undefined is the default. */
export function changeOf(all: Settings, values: ReadonlyMap<Setting, unknown>): PartialSettings {
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
