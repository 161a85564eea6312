import { parseArgs } from 'node:util';
import { CONTESTANTS } from './targets.ts';
import { PROTOCOLS, type Protocol, WORKLOADS, type Workload } from './workloads.ts';

/** What the command line asks for. */
export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly protocols: readonly Protocol[];
  readonly workloads: readonly Workload[];
  readonly servers: readonly string[];
  /** Fail when a cell misses its target by more than this share. */
  readonly gate: number | undefined;
  readonly parts: boolean;
  readonly auth: boolean;
  /** Whether W5, the large call, is measured instead of the comparison. */
  readonly bulk: boolean;
  /** Whether the constant server also decodes the body to text, which makes every ratio look better. */
  readonly decoding: boolean;
  /** Whether this is the whole benchmark, in its full length. */
  readonly complete: boolean;
}

export const USAGE = `Usage: npm run bench -- [W5] [options]
  W5                    40,000 users in one call, in 3 rounds, instead of the comparison
  --rounds 15           rounds in which every server runs
  --seconds 1           seconds of load in each
  --only rest,jsonrpc   protocols: ${PROTOCOLS.join(',')}
  --workloads W1,W2     workloads: ${WORKLOADS.join(',')}
  --servers polywire    servers: ${CONTESTANTS.map(({ name }) => name).join(',')}
  --quick               2 rounds of 1 second
  --decoding            the constant server also decodes the body to text
  --gate 0.2            exit code 1 when a cell misses its target by more than this share
  --parts               what each gate and the log cost, instead of the comparison
  --auth                what a caller's credentials and a quota cost, instead of the comparison`;

const OPTIONS = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  only: { type: 'string' },
  workloads: { type: 'string' },
  servers: { type: 'string' },
  quick: { type: 'boolean', default: false },
  decoding: { type: 'boolean', default: false },
  gate: { type: 'string' },
  parts: { type: 'boolean', default: false },
  auth: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line; throws with one line about what is wrong, gives undefined when help is wanted. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  if (values.help) return undefined;
  const bulk = positionals.length > 0;
  if (bulk && positionals.join() !== 'W5')
    throw new Error(`only W5 is measured by its name, not ${positionals.join(' ')}`);
  const [rounds, seconds] = roundsOf(bulk, values.quick);
  const gate = values.gate === undefined ? undefined : amount('--gate', values.gate);
  if (gate !== undefined && gate >= 1) throw new Error('--gate is a share below 1, such as 0.2');
  if (gate !== undefined && values.decoding) throw new Error('--gate wants the constant server without --decoding');
  if (values.parts && values.auth) throw new Error('--parts and --auth are two runs');
  const options = {
    rounds: whole('--rounds', values.rounds ?? rounds),
    seconds: whole('--seconds', values.seconds ?? seconds),
    protocols: chosen('--only', PROTOCOLS, values.only),
    workloads: chosen('--workloads', WORKLOADS, values.workloads),
    servers: chosen(
      '--servers',
      CONTESTANTS.map(({ name }) => name),
      values.servers,
    ),
    gate,
    parts: values.parts,
    auth: values.auth,
    bulk,
    decoding: values.decoding,
  };
  const shortened = options.rounds * options.seconds < (bulk ? 3 : 15);
  const narrowed = [values.only, values.workloads, values.servers].some((list) => list !== undefined);
  return { ...options, complete: !shortened && !narrowed && !values.decoding };
}

const roundsOf = (bulk: boolean, quick: boolean): readonly [rounds: string, seconds: string] => {
  if (bulk) return [quick ? '1' : '3', '1'];
  return [quick ? '2' : '15', '1'];
};

function amount(option: string, text: string): number {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number) || number < 0) throw new Error(`${option} takes a number, not "${text}"`);
  return number;
}

function whole(option: string, text: string): number {
  const number = amount(option, text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} takes a whole number from 1, not "${text}"`);
  return number;
}

/** The members of a list that a comma-separated option names, in the list's own order. */
function chosen<T extends string>(option: string, all: readonly T[], text: string | undefined): readonly T[] {
  if (text === undefined) return all;
  const names = text.split(',');
  const unknown = names.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`${option} does not know "${unknown}"; it knows ${all.join(', ')}`);
  return all.filter((known) => names.includes(known));
}
