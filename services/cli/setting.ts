import type { Command } from 'commander';
import { jsonText } from '../../client/json.ts';
import { ownAuthenticators } from '../../lib/auth/auth-settings.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import type { Settings } from '../../lib/settings.ts';
import { type KnownSetting, knownSettings } from '../known-settings.ts';
import { fittedTable, tableWidth } from './columns.ts';
import { issueText, usage } from './failure.ts';
import { readFlag } from './flag-value.ts';
import { type HomeOption, homeOf, withHome } from './home.ts';
import { note, print } from './output.ts';
import { changeOf, inForce, settingNamed, settingsNamed } from './setting-names.ts';
import { suggestion } from './suggest.ts';
import { changeSwitches, readSwitches } from './switches.ts';

type Options = HomeOption & { readonly json?: true };

/** `polywire setting list|show|set|unset`: everything that can be set, by dotted names. */
export function configureSetting(command: Command): void {
  const add = (name: string, description: string) => withHome(command.command(name).description(description));
  add('list', 'list the settings with their values')
    .option('--changed', 'only those that differ from their defaults')
    .option('--json', 'as JSON')
    .action(list);
  add('show', 'show a setting, or a group of them')
    .argument('<name>', 'such as limits.batch, or limits for all of them')
    .option('--json', 'as JSON')
    .action(show);
  add('set', 'change a setting')
    .argument('<name>', 'such as limits.batch')
    .argument('<value...>', "lists as words, 'none' for an empty one; on or off; objects as JSON")
    .action(set);
  add('unset', 'set settings back to their defaults')
    .argument('<name...>', 'such as limits.batch, or limits for all of them')
    .action(unset);
}

async function list(options: Options & { readonly changed?: true }): Promise<void> {
  const held = await readSwitches(homeOf(options));
  const shown = options.changed === true ? knownSettings.filter((setting) => isChanged(setting, held)) : knownSettings;
  if (options.json) {
    printJson(shown, held);
    return;
  }
  print(settingsTable(shown, held));
  if (options.changed !== true) print('* differs from its default');
}

function settingsTable(shown: readonly KnownSetting[], held: Settings): string {
  const heads = ['SETTING', 'VALUE', 'DESCRIPTION'].map((head) => ({ head, whole: head === 'SETTING' }));
  const rows = shown.map((setting) => [
    `${setting.name}${isChanged(setting, held) ? ' *' : ''}`,
    valueText(inForce(setting, held)),
    setting.description,
  ]);
  return fittedTable(heads, rows, tableWidth());
}

async function show(name: string, options: Options): Promise<void> {
  const found = settingsNamed(name);
  const held = await readSwitches(homeOf(options));
  if (options.json) {
    printJson(found, held);
    return;
  }
  const [one, ...others] = found;
  print(one !== undefined && others.length === 0 ? settingText(one, held) : settingsTable(found, held));
}

function settingText(setting: KnownSetting, held: Settings): string {
  const lines = [
    `${setting.name} = ${valueText(inForce(setting, held))}`,
    ...(setting.description === '' ? [] : [`  ${setting.description}`]),
    `  Default: ${valueText(setting.fallback)}`,
  ];
  return `${lines.join('\n')}\n`;
}

async function set(name: string, words: readonly string[], options: HomeOption): Promise<void> {
  const setting = settingNamed(name);
  const issues = new Issues();
  const value = issues.collect(() => readFlag(setting.descriptor, words, name, issues));
  if (issues.list.length > 0) throw usage(`${name}: ${issueText(issues.list)}`);
  const { authenticators } = await change([setting], new Map([[setting, value]]), options);
  if (name === 'authenticators') noteStrangers(authenticators);
}

/** A name that nobody here knows is no mistake where a program brings its own. */
function noteStrangers(chain: Settings['authenticators']): void {
  for (const { name, importance } of chain) {
    if (ownAuthenticators.includes(name)) continue;
    const effect = importance === 'required' ? 'nobody gets in' : 'it is passed over';
    note(
      `Polywire has no authenticator '${name}'${suggestion(name, ownAuthenticators)}: unless a program brings it, ${effect}`,
    );
  }
}

async function unset(names: readonly string[], options: HomeOption): Promise<void> {
  const found = names.flatMap(settingsNamed);
  await change(found, new Map(found.map((setting) => [setting, undefined])), options);
}

async function change(
  changed: readonly KnownSetting[],
  values: ReadonlyMap<KnownSetting, unknown>,
  options: HomeOption,
): Promise<Settings> {
  const subjects = changed.map(({ path }) => path.join('/'));
  const held = await changeSwitches(homeOf(options), subjects, (all) => changeOf(all, values)).catch((reason) => {
    throw wrongValue(reason);
  });
  for (const setting of changed) print(`${setting.name} = ${valueText(inForce(setting, held))}`);
  return held;
}

/** A value that does not fit is a wrong word, named as it was written. */
function wrongValue(reason: unknown): unknown {
  if (!(reason instanceof Fault) || reason.code !== 'invalid-params' || reason.issues.length === 0) return reason;
  return usage(issueText(reason.issues.map((issue) => ({ ...issue, path: issue.path.replaceAll('/', '.') }))), reason);
}

function isChanged(setting: KnownSetting, held: Settings): boolean {
  return jsonText(inForce(setting, held)) !== jsonText(setting.fallback);
}

function printJson(shown: readonly KnownSetting[], held: Settings): void {
  print(jsonText(Object.fromEntries(shown.map((setting) => [setting.name, inForce(setting, held) ?? null])), 2));
}

/** As `set` takes it back. */
function valueText(value: unknown): string {
  if (value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (!Array.isArray(value)) return typeof value === 'object' ? jsonText(value) : String(value);
  if (value.length === 0) return 'none';
  return value.every((item) => typeof item === 'string') ? value.join(',') : jsonText(value);
}
