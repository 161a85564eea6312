import type { Attack, Script } from './attack.ts';
import { request } from './build.ts';
import type { Endpoint } from './endpoints.ts';
import { type Aftermath, type Probe, type Violation, violations } from './judge.ts';
import { type Outcome, play, type Step } from './line.ts';
import type { SiteProcess } from './site-process.ts';

const settling = 64 * 1_048_576;

/** How often an attack is carried out where only the clock speaks against the server: a pause of the machine does not come thrice. */
const tries = 3;

/** The script of an attack; bytes are a script of one step. */
export function scriptOf(attack: Attack, endpoint: Endpoint, site: SiteProcess): Script {
  const sent = attack.send(endpoint, site.known);
  return Buffer.isBuffer(sent) ? { steps: [sent] } : sent;
}

/** What a script sends, as characters. */
export function sentBy({ steps }: Script): string {
  const written = (step: Step) => (Buffer.isBuffer(step) ? step.toString('latin1') : step);
  return steps.map((step) => (typeof step === 'string' || Buffer.isBuffer(step) ? written(step) : '')).join('');
}

/** Plays a script on all of its connections at once. */
export function strike(script: Script, { known: { port } }: SiteProcess): Promise<readonly Outcome[]> {
  const { steps, connections = 1, from = () => '127.0.0.1', within = 2_000, head = false } = script;
  const all = Array.from({ length: connections }, (_, n) =>
    play(steps, { port, from: from(n), within: within + 1_000, head }),
  );
  return Promise.all(all);
}

/** A right call from somebody else, by its own number. */
export async function probe({ known: { port } }: SiteProcess): Promise<Probe> {
  const number = Math.floor(Math.random() * 1_000_000);
  const bytes = request('REST', { method: 'GET', path: `/rest/hostile.probe?number=${number}` });
  const outcome = await play([bytes], { port, from: '127.0.0.2', within: 5_000, head: false });
  const answer = outcome.answers[0]?.body.toString();
  const right = answer?.includes(`"result":${number},`) === true;
  return { answered: answer !== undefined, right, took: outcome.took };
}

/** How much larger the process has become since it had so many bytes. */
export async function growth(site: SiteProcess, before: number, now: number): Promise<number> {
  let grown = now - before;
  for (let i = 0; i < 3 && grown > settling; i++) grown = (await site.memory()) - before;
  return grown;
}

async function once(attack: Attack, endpoint: Endpoint, site: SiteProcess): Promise<readonly Violation[]> {
  const script = scriptOf(attack, endpoint, site);
  const before = await site.begin();
  const outcomes = await strike(script, site);
  const after = await probe(site);
  const report = await site.end();
  const grown = await growth(site, before, report.rss);
  const aftermath: Aftermath = { sent: sentBy(script), outcomes, probe: after, report, grown };
  return violations(attack, endpoint, aftermath, site.known, script.within);
}

/** Carries an attack out and tells which invariants do not hold after it. */
export async function assault(attack: Attack, endpoint: Endpoint, site: SiteProcess): Promise<readonly Violation[]> {
  const { settings } = attack;
  if (settings === undefined) return repeated(attack, endpoint, site);
  await site.change(settings);
  try {
    return await repeated(attack, endpoint, site);
  } finally {
    await site.restore();
  }
}

async function repeated(attack: Attack, endpoint: Endpoint, site: SiteProcess): Promise<readonly Violation[]> {
  let found = await once(attack, endpoint, site);
  for (let i = 1; i < tries && found.length > 0 && found.every(({ timing }) => timing); i++) {
    found = await once(attack, endpoint, site);
  }
  return found;
}

/** Violations as one line each. */
export function described(found: readonly Violation[]): readonly string[] {
  return found.map(({ invariant, what }) => `${invariant}: ${what}`);
}
