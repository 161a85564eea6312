import fc from 'fast-check';
import type { Decoder, Shot, Verdict } from './decoder.ts';
import { expectLinear, expectQuick, type Pump, pumps } from './time.ts';

/** Shots of one batch, and what is pumped in it: each batch has a seed of its own, so that one of them is soon repeated. */
const batch = { shots: 400, pumps: 8 };

/** A shot or a pump for which something does not hold. */
export interface Failure {
  readonly decoder: string;
  /** By this seed the first batch fails again. */
  readonly seed: number;
  readonly message: string;
  readonly found: Shot | Pump;
}

/** What a run came to. */
export interface Report {
  readonly decoder: string;
  readonly seed: number;
  readonly counts: Readonly<Record<Verdict | 'pumped', number>>;
  readonly failures: readonly Failure[];
}

/** How long, from which seed, and after how many failures a run ends. */
export interface Plan {
  readonly ms: number;
  readonly seed: number;
  readonly failures: number;
}

/** Fuzzes one decoder: batches of shots and pumps until the time is over. */
export function fuzz(decoder: Decoder, { ms, seed, failures: most }: Plan): Report {
  const counts = { accepted: 0, refused: 0, pumped: 0 };
  const failures: Failure[] = [];
  const known = new Set<string>();
  const end = Date.now() + ms;
  const shoot = fc.property(decoder.shots, (shot) => {
    expectQuick(decoder, shot);
    counts[decoder.check(shot)]++;
  });
  const pump = fc.property(pumps(decoder), (one) => {
    expectLinear(decoder, one);
    counts.pumped++;
  });
  const note = <T extends Shot | Pump>(details: fc.RunDetails<[T]>): void => {
    if (!details.failed || details.counterexample === null) return;
    const message = String((details.errorInstance as Error)?.stack ?? details.errorInstance);
    const kind = message.replace(/[0-9]+/g, '#').slice(0, 80);
    if (known.has(kind)) return;
    known.add(kind);
    failures.push({ decoder: decoder.name, seed: details.seed, message, found: details.counterexample[0] });
  };
  for (let at = seed; Date.now() < end && failures.length < most; at = (at + 1) | 0) {
    const common = { seed: at, interruptAfterTimeLimit: Math.max(end - Date.now(), 1) } as const;
    note(fc.check(shoot, { ...common, numRuns: batch.shots }));
    note(fc.check(pump, { ...common, numRuns: batch.pumps }));
  }
  return { decoder: decoder.name, seed, counts, failures };
}

/** A report in a line, and each failure as a case to be kept. */
export function reportText({ decoder, seed, counts, failures }: Report): string {
  const { accepted, refused, pumped } = counts;
  const total = accepted + refused + pumped;
  const line = `${decoder}: ${total} inputs (${accepted} accepted, ${refused} refused, ${pumped} pumped) from seed ${seed}, ${failures.length} failures`;
  const cases = failures.map(({ message, found, seed: own }) => {
    return `  --decoder ${decoder} --seed ${own}\n  ${message.slice(0, 3_000)}\n  ${JSON.stringify(found)}`;
  });
  return [line, ...cases].join('\n');
}
