import { type Family, family, type Sample } from './families.ts';

/** What goes in and out over one protocol. */
export class ProtocolTraffic {
  /** Bytes of bodies. */
  received = 0;
  sent = 0;
  /** Calls that wait. */
  inFlight = 0;
  readonly statuses = new Map<number, number>();

  /** Counts an answer. */
  answered(status: number, bytes: number): void {
    this.sent += bytes;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }
}

/** What goes in and out, by protocol. */
export class Traffic {
  readonly #protocols = new Map<string, ProtocolTraffic>();

  /** The numbers of a protocol, to be added to. */
  of(protocol: string): ProtocolTraffic {
    let traffic = this.#protocols.get(protocol);
    if (traffic === undefined) {
      traffic = new ProtocolTraffic();
      this.#protocols.set(protocol, traffic);
    }
    return traffic;
  }

  families(): readonly Family[] {
    const all = [...this.#protocols];
    const each = (count: (traffic: ProtocolTraffic) => number) =>
      all.map(([protocol, traffic]): Sample => ({ labels: { protocol }, value: count(traffic) }));
    const statuses = all.flatMap(([protocol, traffic]) =>
      [...traffic.statuses].map(([status, value]): Sample => ({ labels: { protocol, status: `${status}` }, value })),
    );
    return [
      family(
        'polywire_calls_in_flight',
        each(({ inFlight }) => inFlight),
      ),
      family('polywire_http_responses_total', statuses),
      family(
        'polywire_request_bytes_total',
        each(({ received }) => received),
      ),
      family(
        'polywire_response_bytes_total',
        each(({ sent }) => sent),
      ),
    ];
  }
}
