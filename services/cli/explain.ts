import type { Command } from 'commander';
import { jsonText } from '../../client/json.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { secretOf } from './credentials.ts';
import { usage } from './failure.ts';
import { type Layout, layoutOf, paramsOf, withParams } from './flags.ts';
import { type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { type DatabaseOption, withDatabase } from './home.ts';
import { inside } from './inside.ts';
import { wrongFlags } from './noun.ts';
import { print, table } from './output.ts';
import { ownFunction } from './own-functions.ts';
import { cell } from './result-text.ts';

interface Options extends DatabaseOption, LoadOption {
  readonly request?: string;
  readonly json?: true;
}

/** What `admin.explain` answers, as far as it is printed. */
interface Explanation {
  readonly allowed: boolean;
  readonly gate?: string;
  readonly gates: readonly {
    readonly gate: string;
    readonly verdict: string;
    readonly reason: string;
    readonly code?: string;
  }[];
  readonly records: readonly {
    readonly record: {
      readonly time: Date;
      readonly function: string;
      readonly protocol: string;
      readonly client?: string;
      readonly user?: string;
      readonly address: string;
      readonly code: string;
      readonly gate?: string;
    };
    readonly meaning: string;
  }[];
}

/** `polywire explain FUNCTION --protocol …` or `--request ID`: which gates a call passes and which refuses it. */
export async function configureExplain(command: Command): Promise<void> {
  const fn = await ownFunction('admin.explain');
  const whole = layoutOf(fn);
  const flags = whole.flags.filter((name) => name !== 'function' && name !== 'request_id');
  const layout: Layout = { ...whole, flags, labels: { function: 'function', request_id: '--request' } };
  command.argument('[function]', 'the function that is called');
  withDatabase(withLoad(withParams(command, layout)))
    .option('--request <id>', 'a request that was made, in place of a call that is only supposed')
    .option('--json', 'print the result as JSON')
    .action(async (name: string | undefined, options: Options) => explain(fn, layout, command, name, options));
}

async function explain(
  fn: AnyFunction,
  layout: Layout,
  command: Command,
  name: string | undefined,
  { request, load, json, ...options }: Options,
): Promise<void> {
  if ((name === undefined) === (request === undefined)) throw usage('name a function, or a request by --request');
  const given = await paramsOf(layout, command);
  const token = await secretOf(given['token'] as string | undefined, '--token');
  const params = {
    ...given,
    ...(token !== undefined && { token }),
    ...(name === undefined ? { request_id: request } : { function: name }),
  };
  const { functions } = await loadFunctions(load);
  const explanation = (await inside(options, { functions, effect: 'read' }, (call) =>
    call(fn.name, params).catch((reason: unknown) => {
      throw wrongFlags(reason, layout, params);
    }),
  )) as Explanation;
  print(json ? jsonText(explanation, 2) : explanationText(explanation));
}

/** Every gate on a line of its own, then what comes of it. */
function explanationText({ allowed, gate, gates, records }: Explanation): string {
  if (records.length > 0) return records.map(recordText).join('\n');
  const rows = gates.map((row) => [row.gate, row.verdict, cell(row.reason)]);
  const code = gates.find((row) => row.gate === gate && row.verdict === 'refuse')?.code;
  const end = allowed
    ? 'The call would pass.'
    : `The call would be refused by the gate ${gate}${code === undefined ? '' : `; the caller would be told ${code}`}.`;
  return `${table([['GATE', 'VERDICT', 'REASON'], ...rows])}\n${end}`;
}

function recordText({ record, meaning }: Explanation['records'][number]): string {
  const by = [record.client, record.user].filter((caller) => caller !== undefined).join(' and ') || 'nobody known';
  const from = record.address === '' ? 'inside' : record.address;
  return cell(
    `${record.time.toISOString()} ${record.function} over ${record.protocol} by ${by} from ${from}: ${record.code}` +
      `${record.gate === undefined ? '' : ` at the gate ${record.gate}`}. ${meaning}`,
  );
}
