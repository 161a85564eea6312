import { type Descriptor, noteOf, unwrap } from '../lib/descriptor.ts';
import { readSettings, settingsType } from '../lib/settings.ts';

/** A setting that has a value of its own. */
export interface KnownSetting {
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
export const knownSettings: readonly KnownSetting[] = Object.entries(settingsType.fields).flatMap(([name, field]) => {
  const { core } = unwrap(field);
  if (core.kind !== 'object') return [settingAt([name], field)];
  return Object.entries(core.fields).map(([member, inner]) => settingAt([name, member], inner));
});

/** Whether something is in force of a setting or group that says nothing. */
export function hasDefault(name: string): boolean {
  return valueAt(defaults, [name]) !== undefined;
}

/** A setting by its path, or a whole group as one. */
export function settingAt(path: readonly string[], descriptor: Descriptor): KnownSetting {
  const description = noteOf(descriptor, 'description') ?? '';
  return { path, name: path.join('.'), descriptor, description, fallback: valueAt(defaults, path) };
}

/** What stands at a path of a tree; undefined where nothing does. */
export function valueAt(tree: Tree, [name = '', ...rest]: readonly string[]): unknown {
  const value = Object.hasOwn(tree, name) ? tree[name] : undefined;
  if (rest.length === 0 || value === undefined) return value;
  return valueAt(value as Tree, rest);
}
