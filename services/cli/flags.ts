import { type Command, Option } from 'commander';
import type { AnyFunction } from '../../lib/define.ts';
import { type Descriptor, noteOf, unwrap } from '../../lib/descriptor.ts';
import type { Issue } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { issueText, usage } from './failure.ts';
import { readFlag } from './flag-value.ts';
import { askNewSecret, canAsk, secretFromStdin } from './secret-input.ts';

/** How a function's parameters stand on a command line. */
export interface Layout {
  readonly fn: AnyFunction;
  /** In their order, behind the command's name. */
  readonly positional: readonly string[];
  readonly flags: readonly string[];
  /** What is never on the command line: read from the terminal or the standard input. */
  readonly secret: string | undefined;
  /** Parameters that the command fills in where the user leaves them out. */
  readonly filled: readonly string[];
  /** How parameters are called that the command takes in a way of its own. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Required scalars at the head of the parameters are positional; a secret is asked for; all others are options. */
export function layoutOf(fn: AnyFunction, filled: readonly string[] = []): Layout {
  const names = Object.keys(fn.params);
  const secret = names.find((name) => isSensitive(fn.params[name] as Descriptor));
  const open = names.filter((name) => name !== secret);
  const first = open.findIndex((name) => filled.includes(name) || !isPositional(fn.params[name] as Descriptor));
  const count = first === -1 ? open.length : first;
  return { fn, positional: open.slice(0, count), flags: open.slice(count), secret, filled };
}

function isPositional(descriptor: Descriptor): boolean {
  const { core, optional } = unwrap(descriptor);
  return !optional && !['list', 'map', 'object', 'json', 'boolean'].includes(core.kind);
}

/** Whether a value is a secret, as a descriptor or one of its wrappers says. */
export function isSensitive(descriptor: Descriptor): boolean {
  if (descriptor.sensitive === true) return true;
  return 'inner' in descriptor && isSensitive(descriptor.inner);
}

/** Gives a command the arguments and options of a function. */
export function withParams(command: Command, { fn, positional, flags, secret, filled }: Layout): Command {
  for (const name of positional) {
    const param = fn.params[name] as Descriptor;
    command.argument(
      `<${kebab(name)}>`,
      [noteOf(param, 'description') ?? '', remarks(param)].filter((text) => text !== '').join(' '),
    );
  }
  for (const name of flags) addOptions(command, name, fn.params[name] as Descriptor, filled.includes(name));
  if (secret !== undefined) {
    command.option(`--${kebab(secret)}-stdin`, `read the ${words(secret)} from the standard input, not the terminal`);
    const { optional, nullable } = unwrap(fn.params[secret] as Descriptor);
    if (optional || nullable) command.option(`--no-${kebab(secret)}`, `without a ${words(secret)}`);
  }
  return command;
}

function addOptions(command: Command, name: string, param: Descriptor, filled: boolean): void {
  const { core, nullable, optional, fallback } = unwrap(param);
  const flag = kebab(name);
  const text = [noteOf(param, 'description') ?? '', remarks(param)].filter((part) => part !== '').join(' ');
  if (core.kind === 'boolean') {
    if (fallback?.value !== true) command.addOption(new Option(`--${flag}`, text));
    if (fallback?.value !== false) command.addOption(new Option(`--no-${flag}`, `not: ${text}`));
    return;
  }
  const collect = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];
  const option = new Option(`--${flag} <${core.kind === 'list' ? 'list' : placeholder(core)}>`, text).argParser(
    collect,
  );
  command.addOption(option.makeOptionMandatory(!optional && !filled));
  if (nullable) command.addOption(new Option(`--no-${flag}`, 'take it away'));
}

function placeholder({ kind }: Descriptor): string {
  switch (kind) {
    case 'int':
    case 'int64':
    case 'float':
    case 'decimal':
      return 'number';
    case 'datetime':
      return 'time';
    case 'date':
      return 'day';
    case 'object':
    case 'map':
    case 'json':
      return 'json';
    default:
      return 'text';
  }
}

/** What an option's value may be. */
function remarks(param: Descriptor): string {
  const { core, fallback } = unwrap(param);
  const item = core.kind === 'list' ? unwrap(core.item).core : core;
  const parts = [
    ...(item.kind === 'enum' ? [item.values.join(', ')] : []),
    ...(core.kind === 'list' ? ['commas between, or several times'] : []),
    ...(core.kind === 'datetime' ? ['YYYY-MM-DD or RFC 3339'] : []),
    ...(isTelling(fallback?.value) ? [`default: ${fallback?.value}`] : []),
  ];
  return parts.length === 0 ? '' : `(${parts.join('; ')})`;
}

function isTelling(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);
}

/**
 * Reads the parameters of a function off the arguments and options of its command.
 * @throws CommandFailure naming each wrong one as the user wrote it
 */
export async function paramsOf(layout: Layout, command: Command): Promise<Record<string, unknown>> {
  const { fn, positional, flags, secret } = layout;
  const params: Record<string, unknown> = {};
  const issues = new Issues();
  issues.collect(() => {
    for (const [i, name] of positional.entries()) read(layout, name, [command.args[i] ?? ''], params, issues);
    for (const name of flags) readOption(layout, name, command, params, issues);
  });
  if (issues.list.length > 0) throw usage(flagIssues(layout, issues.list));
  if (secret === undefined) return params;
  const given = await secretOf(fn, secret, command);
  return given === undefined ? params : { ...params, [secret]: given };
}

/** What the user gave: words behind an option, or whether it was there or denied. */
function readOption(
  layout: Layout,
  name: string,
  command: Command,
  params: Record<string, unknown>,
  issues: Issues,
): void {
  if (command.getOptionValueSource(camel(name)) !== 'cli') return;
  const given = command.getOptionValue(camel(name)) as boolean | readonly string[];
  if (typeof given !== 'boolean') read(layout, name, given, params, issues);
  else params[name] = unwrap(layout.fn.params[name] as Descriptor).core.kind === 'boolean' ? given : null;
}

function read(
  layout: Layout,
  name: string,
  given: readonly string[],
  params: Record<string, unknown>,
  issues: Issues,
): void {
  issues.enter(name);
  params[name] = readFlag(layout.fn.params[name] as Descriptor, given, label(layout, name), issues);
  issues.leave();
}

/** The secret that a function takes: undefined where it takes none and nobody can be asked. */
async function secretOf(fn: AnyFunction, name: string, command: Command): Promise<string | null | undefined> {
  const option = `${kebab(name)}-stdin`;
  if (command.getOptionValue(`${camel(name)}Stdin`) === true) return secretFromStdin(`--${option}`);
  const { optional } = unwrap(fn.params[name] as Descriptor);
  if (command.getOptionValue(camel(name)) === false) return optional ? undefined : null;
  if (canAsk()) {
    const given = await askNewSecret(`${sentence(words(name))}${optional ? ' (empty for none)' : ''}`);
    return given === '' && optional ? undefined : given;
  }
  if (optional) return undefined;
  throw usage(`there is no terminal to ask at for the ${words(name)}: give --${option}`);
}

/** Issues of parameters, named as they stand on the command line; a name that nobody has is told. */
export function flagIssues(
  layout: Layout,
  issues: readonly Issue[],
  params: Readonly<Record<string, unknown>> = {},
): string {
  return issueText(
    issues.map((issue) => {
      const [name = '', ...rest] = issue.path.split('/');
      if (!Object.hasOwn(layout.fn.params, name)) return issue;
      const given = rest.length === 0 && issue.code === 'unknown' ? params[name] : undefined;
      const message = typeof given === 'string' ? `'${given}' ${issue.message}` : issue.message;
      return { ...issue, message, path: [label(layout, name), ...rest].join('/') };
    }),
  );
}

function label({ positional, secret, labels }: Layout, name: string): string {
  if (labels?.[name] !== undefined) return labels[name];
  return positional.includes(name) || name === secret ? words(name) : `--${kebab(name)}`;
}

/** `valid_until` as `valid-until`. */
function kebab(name: string): string {
  return name.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `valid_until` as `validUntil`, under which commander keeps it. */
function camel(name: string): string {
  return kebab(name).replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `valid_until` as `valid until`. */
export function words(name: string): string {
  return kebab(name).replaceAll('-', ' ');
}

/** Begins with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
