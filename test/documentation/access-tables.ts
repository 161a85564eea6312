import type { AnyFunction } from '../../lib/define.ts';
import { nouns, reports } from '../../services/cli/nouns.ts';
import { ownFunctions } from '../../services/cli/own-functions.ts';
import { createProgram } from '../../services/cli/program.ts';

/** Commands that are not built from the function that does the same. */
const others: readonly (readonly [string, string])[] = [
  ['admin.explain', 'explain'],
  ['admin.settings', 'setting list'],
  ['admin.update_settings', 'setting set'],
  ['admin.enable', 'site enable` `protocol enable` `function enable'],
  ['admin.disable', 'site disable` `protocol disable` `function disable'],
  ['admin.list_functions', 'function list'],
];

/** The commands that do what functions of administrators do, by the functions' names. */
function commandsByFunction(): ReadonlyMap<string, string> {
  const verbs = Object.entries(nouns).flatMap(([noun, all]) =>
    Object.entries(all).map(([verb, { function: name }]): [string, string] => [name, `${noun} ${verb}`]),
  );
  const words = Object.entries(reports).map(([word, { function: name }]): [string, string] => [name, word]);
  return new Map([...verbs, ...words, ...others]);
}

function row(fn: AnyFunction, command: string | undefined): string {
  const cells = [
    `\`${fn.name}\``,
    (fn.access.capabilities ?? []).map((capability) => `\`${capability}\``).join(' '),
    command === undefined ? '' : `\`${command}\``,
    fn.description,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The functions of administrators with the capability that each wants, out of the functions themselves. */
export async function functionTable(): Promise<string> {
  const commands = commandsByFunction();
  const rows = (await ownFunctions())
    .filter(({ name }) => name.startsWith('admin.'))
    .map((fn) => row(fn, commands.get(fn.name)));
  return ['| function | capability | command | what it does |', '|---|---|---|---|', ...rows].join('\n');
}

/** The commands, out of the command line itself. */
export async function commandTable(): Promise<string> {
  const { commands } = await createProgram([]);
  const rows = await Promise.all(
    commands.map(async (listed) => {
      const name = listed.name();
      const whole = (await createProgram([name])).commands.find((one) => one.name() === name);
      const verbs = whole?.commands.map((verb) => verb.name()) ?? [];
      return `| \`${name}\` | ${verbs.join(', ')} | ${listed.description().replace(/: [a-z, -]+$/, '')} |`;
    }),
  );
  return ['| command | | |', '|---|---|---|', ...rows].join('\n');
}

/** A document with what stands between two remarks replaced. */
export function withTable(document: string, name: string, table: string): string {
  const part = new RegExp(`(<!-- ${name}: .*-->\n)[^]*?(<!-- end of ${name} -->)`);
  if (!part.test(document)) throw new Error(`the document has no place for ${name}`);
  return document.replace(part, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}
