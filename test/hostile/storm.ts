import { setTimeout as sleep } from 'node:timers/promises';
import { growth, probe, scriptOf, sentBy, strike } from './assault.ts';
import type { Attack } from './attack.ts';
import type { Endpoint } from './endpoints.ts';
import { type Aftermath, answerViolations, type Probe, processViolations, type Violation } from './judge.ts';
import { expectedRuns } from './meet.ts';
import type { SiteProcess } from './site-process.ts';

/** One of many attacks that were begun at the same time. */
interface Part {
  readonly attack: Attack;
  readonly endpoint: Endpoint;
  /** What does not hold of its connections. */
  violations(): readonly Violation[];
}

/** Attacks that take seconds each, all at once. */
interface Storm {
  readonly parts: readonly Part[];
  begin(site: SiteProcess): Promise<void>;
  /** What does not hold of the process. */
  violations(): readonly Violation[];
}

/** Asks again and again until the others are done: the slowest counts. */
async function probing(site: SiteProcess, done: () => boolean): Promise<Probe> {
  let worst: Probe = { answered: true, right: true, took: 0 };
  while (!done()) {
    const { answered, right, took } = await probe(site);
    worst = {
      answered: worst.answered && answered,
      right: worst.right && right,
      took: Math.max(worst.took, took),
    };
    await sleep(200);
  }
  return worst;
}

/** Gets attacks ready to be begun at once. */
export function storm(attacks: readonly Attack[]): Storm {
  const pairs = attacks.flatMap((attack) => attack.on.map((endpoint) => ({ attack, endpoint })));
  const found = new Map<(typeof pairs)[number], readonly Violation[]>();
  let common: readonly Violation[] | undefined;
  return {
    parts: pairs.map((pair) => ({
      ...pair,
      violations: () => found.get(pair) ?? [{ invariant: 'I4', what: 'it was not tried', timing: false }],
    })),
    begin: async (site) => {
      const before = await site.begin();
      let over = false;
      const probes = probing(site, () => over);
      const struck = await Promise.all(
        pairs.map(async (pair) => {
          const script = scriptOf(pair.attack, pair.endpoint, site);
          return { pair, script, outcomes: await strike(script, site) };
        }),
      );
      over = true;
      const shared = { probe: await probes, report: await site.end() };
      const grown = await growth(site, before, shared.report.rss);
      for (const { pair, script, outcomes } of struck) {
        const aftermath: Aftermath = { ...shared, grown, outcomes, sent: sentBy(script) };
        found.set(pair, answerViolations(pair.attack, pair.endpoint, aftermath, site.known, script.within));
      }
      const runs = pairs.flatMap(({ attack, endpoint }) =>
        expectedRuns(typeof attack.expects === 'function' ? attack.expects(endpoint) : attack.expects),
      );
      const report = { ...shared.report, effects: [...shared.report.effects].sort() };
      common = processViolations({ ...shared, report, grown, outcomes: [], sent: '' }, runs.sort());
    },
    violations: () => common ?? [{ invariant: 'I1', what: 'it was not tried', timing: false }],
  };
}
