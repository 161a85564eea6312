import type { Command } from 'commander';
import { jsonText } from '../../client/json.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { type Descriptor, unwrap } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { tableWidth } from './columns.ts';
import { usage } from './failure.ts';
import { flagIssues, isSensitive, type Layout, layoutOf, paramsOf, withParams } from './flags.ts';
import { type DatabaseOption, withDatabase } from './home.ts';
import { type CallInside, inside } from './inside.ts';
import { note, print } from './output.ts';
import { ownFunction } from './own-functions.ts';
import { resultText } from './result-text.ts';

type Params = Record<string, unknown>;

/** One thing that can be done with a noun, by a function of the catalog. */
export interface Verb {
  readonly function: string;
  /** What is printed where there is no result to show; `{id}` is the parameter. */
  readonly done?: string;
  /** The fields that a table shows. */
  readonly columns?: readonly string[];
  /** Parameters that the user may leave out although the function wants them. */
  readonly fill?: Readonly<Record<string, (params: Params) => unknown>>;
  /** Options beyond the function's parameters, and what they do around the call. */
  readonly around?: Around;
}

/** Options of a command's own, and what is done around its call. */
export interface Around {
  configure(command: Command): void;
  /** Makes ready, before the call; what it returns is done after it. */
  prepare(call: CallInside, command: Command): Promise<(params: Params) => Promise<void>>;
}

/** Gives a command a subcommand for each verb, built from the functions' own descriptions. */
export async function configureVerbs(command: Command, verbs: Readonly<Record<string, Verb>>): Promise<void> {
  for (const [name, verb] of Object.entries(verbs)) {
    configureVerb(command.command(name), await ownFunction(verb.function), verb);
  }
}

/** Gives a command of one word what its function needs. */
export async function configureReport(command: Command, verb: Verb): Promise<void> {
  configureVerb(command, await ownFunction(verb.function), verb);
}

/** Gives a command the arguments, options and the action of one function. */
function configureVerb(command: Command, fn: AnyFunction, verb: Verb): void {
  const layout = layoutOf(fn, Object.keys(verb.fill ?? {}));
  withDatabase(withParams(command.description(fn.description), layout)).option('--json', 'print the result as JSON');
  verb.around?.configure(command);
  command.action(async () => {
    const { json, ...options } = command.opts<DatabaseOption & { readonly json?: true }>();
    const params = filled(await paramsOf(layout, command), verb);
    const result = await inside(options, { functions: [], effect: fn.effect }, async (call) => {
      const after = await verb.around?.prepare(call, command);
      const value = await call(fn.name, params).catch((reason: unknown) => {
        throw wrongFlags(reason, layout, params);
      });
      await after?.(params);
      return value;
    });
    tell(fn, verb, params, result, json === true);
  });
}

function filled(params: Params, { fill = {} }: Verb): Params {
  const all = { ...params };
  for (const [name, make] of Object.entries(fill)) all[name] ??= make(params);
  return all;
}

/** Wrong parameters as what they are to the user: words of the command line. */
export function wrongFlags(reason: unknown, layout: Layout, params: Params): unknown {
  if (!(reason instanceof Fault) || reason.code !== 'invalid-params' || reason.issues.length === 0) return reason;
  return usage(flagIssues(layout, reason.issues, params), reason);
}

function tell(fn: AnyFunction, verb: Verb, params: Params, result: unknown, json: boolean): void {
  const { returns } = fn;
  if (json) print(jsonText(result ?? null, 2));
  else if (returns === undefined || typeof result === 'boolean') {
    if (result !== false) print(doneText(verb, params));
    else note('that was so already');
  } else if (Array.isArray(result) && result.length === 0) note('there are none');
  else print(resultText(returns, result, tableWidth(), verb.columns));
  if (returns !== undefined && showsSecret(returns)) note('what is secret is shown this once: keep it now');
}

function doneText({ done = 'Done.' }: Verb, params: Params): string {
  return done.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

/** Whether a result holds a secret anywhere. */
function showsSecret(descriptor: Descriptor): boolean {
  if (isSensitive(descriptor)) return true;
  const { core } = unwrap(descriptor);
  if (core.kind === 'list') return showsSecret(core.item);
  return core.kind === 'object' && Object.values(core.fields).some(showsSecret);
}
