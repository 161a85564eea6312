import type { Bookmarks } from './bookmarks.ts';
import { Fault, type FaultCode, type Issue } from './fault.ts';

/** How many issues of one call are reported at most. */
const mostIssues = 20;

/** What a reader returns in place of a value that it has reported: validation passes over it. */
export const invalid: unique symbol = Symbol('invalid');

/** Thrown inside a reader or a walk once enough issues are known, so that hostile input costs no more. */
const enough = new Fault('invalid-params', 'Too many issues');

/**
 * Collects what is wrong with a value while it is read, with its path. Readers `enter` a field or an index and `leave` it
 * again; both are cheap enough for every element.
 */
export class Issues {
  readonly list: Issue[] = [];
  private readonly steps: (string | number)[] = [];
  private depth = 0;
  /** Where to stop in the middle of long lists; undefined where everything is read at once. */
  bookmarks: Bookmarks | undefined = undefined;

  /** Begins a walk again, with so many issues known before it. */
  begin(known: number, bookmarks: Bookmarks | undefined): void {
    this.list.length = known;
    this.depth = 0;
    this.bookmarks = bookmarks;
  }

  enter(step: string | number): void {
    this.steps[this.depth++] = step;
  }

  leave(): void {
    this.depth--;
  }

  /** The path of the value being read, as `users/3/email`. */
  get path(): string {
    return this.steps.slice(0, this.depth).join('/');
  }

  /** Notes an issue at the current path (or below it at `step`) and returns the stand-in for the value. */
  add(code: string, message: string, step?: string | number): typeof invalid {
    const here = this.path;
    const path = step === undefined ? here : here === '' ? String(step) : `${here}/${step}`;
    if (this.list.length < mostIssues) this.list.push({ path, code, message });
    if (this.list.length >= mostIssues) throw enough;
    return invalid;
  }

  /** Runs a reader or a walk until it is done or has found enough. */
  collect<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (reason) {
      if (reason === enough) return undefined;
      throw reason;
    }
  }

  /** The fault that carries what was found. */
  fault(code: Extract<FaultCode, 'invalid-params' | 'invalid-result'>, message: string): Fault {
    return new Fault(code, message, { issues: this.list });
  }
}
