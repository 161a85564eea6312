import type { Fault } from '../fault.ts';
import type { CallRecord } from '../log.ts';
import { callBounds, Durations } from './durations.ts';
import { type Family, family, histogram, type Sample } from './families.ts';

/** Label values that no function, code or gate can have, since names have no brackets. */
const nothing = '(none)';
const unknown = '(unknown)';
const other = '(other)';

/** Gates that are counted apart: there are some forty; a site's own authenticators may name more. */
const mostGates = 200;

/** How the calls of one function over one protocol have ended. */
interface Series {
  readonly protocol: string;
  readonly function: string;
  ok: number;
  readonly faults: Map<string, number>;
  /** Undefined where there was no function that could take time. */
  readonly durations: Durations | undefined;
}

/** Names by which calls may be counted apart: all that there are, so that no caller can make more. */
export interface Known {
  hasFunction(name: string): boolean;
  hasCode(code: string): boolean;
}

/** Counts calls by protocol, function and code. */
export class CallCounts {
  readonly #known: Known;
  readonly #protocols = new Map<string, Map<string, Series>>();
  readonly #gates = new Map<string, Map<string, number>>();
  readonly #quotas = new Map<string, Sample>();
  #last: Series | undefined;

  constructor(known: Known) {
    this.#known = known;
  }

  /** Calls of a batch, and most calls of a busy server, find the series of the one before. */
  add({ protocol, function: name, fault, duration }: CallRecord): void {
    const last = this.#last;
    const series = last?.function === name && last.protocol === protocol ? last : this.#find(protocol, name);
    this.#last = series;
    if (fault === undefined) series.ok++;
    else this.#refused(series, fault);
    series.durations?.add(duration);
  }

  families(): readonly Family[] {
    const all = [...this.#protocols.values()].flatMap((functions) => [...functions.values()]);
    return [
      family('polywire_calls_total', all.flatMap(endsOf)),
      histogram(
        'polywire_call_duration_seconds',
        callBounds,
        all.flatMap((series) => series.durations?.read(labelsOf(series)) ?? []),
      ),
      family('polywire_refusals_total', [...this.#gates].flatMap(gatesOf)),
      family('polywire_quota_refusals_total', [...this.#quotas.values()]),
    ];
  }

  #find(protocol: string, name: string): Series {
    const known = name === '' ? nothing : this.#known.hasFunction(name) ? name : unknown;
    const functions = within(this.#protocols, protocol);
    let series = functions.get(known);
    if (series === undefined) {
      const durations = known === name ? new Durations(callBounds) : undefined;
      series = { protocol, function: known, ok: 0, faults: new Map(), durations };
      functions.set(known, series);
    }
    return series;
  }

  #refused({ protocol, faults }: Series, { code, gate }: Fault): void {
    const known = this.#known.hasCode(code) ? code : other;
    faults.set(known, (faults.get(known) ?? 0) + 1);
    if (gate === undefined) return;
    this.#countGate(protocol, gate);
    if (gate.startsWith(quotaGate) && code !== 'unavailable')
      this.#countQuota(protocol, gate.slice(quotaGate.length), known);
  }

  #countGate(protocol: string, gate: string): void {
    const gates = within(this.#gates, protocol);
    const known = gates.has(gate) || gates.size < mostGates ? gate : other;
    gates.set(known, (gates.get(known) ?? 0) + 1);
  }

  #countQuota(protocol: string, subject: string, code: string): void {
    const key = `${protocol} ${subject} ${code}`;
    const value = (this.#quotas.get(key)?.value ?? 0) + 1;
    this.#quotas.set(key, { labels: { protocol, subject, code }, value });
  }
}

/** The map of a protocol, made with its first entry. */
function within<V>(maps: Map<string, Map<string, V>>, protocol: string): Map<string, V> {
  const known = maps.get(protocol);
  if (known !== undefined) return known;
  const made = new Map<string, V>();
  maps.set(protocol, made);
  return made;
}

const quotaGate = 'quota:';

const labelsOf = ({ protocol, function: name }: Series) => ({ protocol, function: name });

function endsOf(series: Series): readonly Sample[] {
  const labels = labelsOf(series);
  const faults = [...series.faults].map(([code, value]): Sample => ({ labels: { ...labels, code }, value }));
  return series.ok === 0 ? faults : [{ labels: { ...labels, code: 'ok' }, value: series.ok }, ...faults];
}

function gatesOf([protocol, gates]: readonly [string, ReadonlyMap<string, number>]): readonly Sample[] {
  return [...gates].map(([gate, value]) => ({ labels: { protocol, gate }, value }));
}
