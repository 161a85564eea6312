import type { FieldSpec, FormValue, FormValues } from '../records/form-fields.ts';

/** A setting, as `admin.settings` tells of it. */
export interface KnownSetting {
  /** `limits/body` */
  readonly name: string;
  readonly description: string;
  readonly kind: 'boolean' | 'int' | 'string' | 'enum' | 'strings' | 'json';
  readonly choices?: readonly string[];
  readonly default?: unknown;
  /** Whether its group is changed as a whole only. */
  readonly together: boolean;
}

/** The answer of `admin.settings`. */
export interface SettingsAnswer {
  readonly settings: Readonly<Record<string, unknown>>;
  /** The names of those that differ from their defaults. */
  readonly changed: readonly string[];
  readonly known: readonly KnownSetting[];
}

/** What a setting is called by people: as the command line and the documents have it, `limits.body`. */
export function settingTitle(name: string): string {
  return name.replaceAll('/', '.');
}

const groupOf = (name: string): string => name.split('/')[0] ?? name;

/** What is in force of a setting. */
export function valueIn(settings: Readonly<Record<string, unknown>>, name: string): unknown {
  let value: unknown = settings;
  for (const step of name.split('/')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  }
  return value;
}

/** A value in a few words. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The settings that are changed in one go: one, or all of a group that stands as a whole. */
export function changedWith(known: readonly KnownSetting[], name: string): readonly KnownSetting[] {
  const one = known.find((setting) => setting.name === name);
  if (one === undefined) return [];
  return one.together ? known.filter((other) => groupOf(other.name) === groupOf(name)) : [one];
}

const kinds: Readonly<Record<KnownSetting['kind'], FieldSpec['kind']>> = {
  boolean: 'flag',
  int: 'count',
  string: 'text',
  enum: 'choice',
  strings: 'list',
  json: 'area',
};

/** The fields of a form that changes settings. */
export function fieldsOf(settings: readonly KnownSetting[]): readonly FieldSpec[] {
  return settings.map(({ name, description, kind, choices, default: usual }) => ({
    name,
    kind: kinds[kind],
    label: settingTitle(name),
    hint: usual === undefined ? description : `${description} Default: ${valueText(usual)}.`,
    ...(choices === undefined ? {} : { choices: choices.map((choice) => [choice, choice] as const) }),
  }));
}

/** The values of that form. */
export function formOf(settings: readonly KnownSetting[], held: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(settings.map(({ name, kind }) => [name, formValue(kind, valueIn(held, name))]));
}

function formValue(kind: KnownSetting['kind'], value: unknown): FormValue {
  if (kind === 'boolean') return value === true;
  if (kind === 'strings') return Array.isArray(value) ? value.map(String) : [];
  if (kind === 'json') return value === undefined ? '' : JSON.stringify(value, null, 2);
  return value === undefined || value === null ? '' : String(value);
}

/** A value that is no JSON where it has to be. */
export class NoJson extends Error {
  readonly setting: string;

  constructor(setting: string) {
    super(`${settingTitle(setting)} must be JSON`);
    this.setting = setting;
  }
}

function settingValue({ name, kind }: KnownSetting, value: FormValue | undefined): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return null;
  if (kind === 'int') return Number(text);
  if (kind !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new NoJson(name);
  }
}

/**
 * The `changes` of `admin.update_settings` for the values of a form; an empty text is the default.
 * @throws NoJson
 */
export function changesFor(settings: readonly KnownSetting[], values: FormValues): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const setting of settings) {
    const [group = '', member] = setting.name.split('/');
    const value = settingValue(setting, values[setting.name]);
    if (member === undefined) changes[group] = value;
    else changes[group] = { ...(changes[group] as object | undefined), [member]: value };
  }
  for (const group of new Set(settings.filter(({ together }) => together).map(({ name }) => groupOf(name)))) {
    changes[group] = withoutNulls(changes[group] as Readonly<Record<string, unknown>>);
  }
  return changes;
}

/** A whole group: what is left out is not said; with nothing said there is no group. */
function withoutNulls(group: Readonly<Record<string, unknown>>): unknown {
  const told = Object.entries(group).filter(([, value]) => value !== null);
  return told.length === 0 ? null : Object.fromEntries(told);
}

/** The changes that set settings back to their defaults. */
export function defaultsFor(settings: readonly KnownSetting[]): Record<string, unknown> {
  const [first] = settings;
  if (first === undefined) return {};
  const [group = '', member] = first.name.split('/');
  return member === undefined || first.together ? { [group]: null } : { [group]: { [member]: null } };
}

const cautions: Readonly<Record<string, string>> = {
  'console/enabled': 'Without the console only the command line changes this back.',
  'console/addresses': 'Whoever is not among these addresses can no longer open this console; this machine always can.',
  addresses:
    'Callers from other addresses are refused at once, and this console too, unless console.addresses says otherwise.',
  allowedHosts: 'Callers who name the site by another host are refused.',
  authenticators:
    'Callers who prove themselves by one that is left out are refused. This console knows its sessions all the same.',
  httpsRequired: 'Without it, keys and passwords may travel readable by others.',
  trustedProxies: 'What these proxies say of the address of a caller is believed.',
  namespace: 'SOAP clients have it in their code: they have to be made anew.',
  'audit/days': 'Older records are removed for good.',
};

/** What a person should know before a setting is changed. */
export function cautionOf(name: string): string | undefined {
  return cautions[name];
}

/** Settings that have a page of their own. */
export const switchNames: readonly string[] = ['enablewebservices', 'enabledwsprotocols', 'enabledwsfunctions'];
