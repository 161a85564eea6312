/** The next `&`, CR and `]]>` after some place. */
export interface Sight {
  readonly ampersand: number;
  readonly carriageReturn: number;
  readonly closing: number;
}

/**
 * Where text stops standing for itself: the next `&` (XML 1.0 §4.1), CR (§2.11) or `]]>` (§2.4). Each is searched for
 * natively, and again only once it lies behind, so that the whole costs a document's length at most.
 */
export class Ahead {
  /** The next `]]>`, as of the last `from`. */
  closing = -1;
  private next = -1;
  private ampersand = -1;
  private carriageReturn = -1;
  private readonly input: string;

  constructor(input: string) {
    this.input = input;
  }

  /** The first of the three at or after `start`, the length of the input if there is none. */
  from(start: number): number {
    return this.next < start ? this.look(start) : this.next;
  }

  /** Forgets what was found, as what comes lies before it. */
  restart(): void {
    this.next = this.ampersand = this.carriageReturn = this.closing = -1;
  }

  /** What is known at a place, which is looked at for that. */
  at(position: number): Sight {
    this.from(position);
    const { ampersand, carriageReturn, closing } = this;
    return { ampersand, carriageReturn, closing };
  }

  /** Takes up what was known at a place that is gone back to. */
  become({ ampersand, carriageReturn, closing }: Sight): void {
    this.ampersand = ampersand;
    this.carriageReturn = carriageReturn;
    this.closing = closing;
    this.next = Math.min(ampersand, carriageReturn, closing);
  }

  private look(start: number): number {
    if (this.ampersand < start) this.ampersand = this.find('&', start);
    if (this.carriageReturn < start) this.carriageReturn = this.find('\r', start);
    if (this.closing < start) this.closing = this.find(']]>', start);
    this.next = Math.min(this.ampersand, this.carriageReturn, this.closing);
    return this.next;
  }

  private find(what: string, start: number): number {
    const found = this.input.indexOf(what, start);
    return found < 0 ? this.input.length : found;
  }
}
