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
