import type fc from 'fast-check';

/** What is thrown at a decoder: bytes, each as a character, so that a case of it can be written down. */
export interface Shot {
  readonly bytes: string;
  /** The Content-Type, where the decoder looks at one. */
  readonly type?: string;
  /** Which of a decoder's forms it is for: `query`, `form`, `12`. */
  readonly form?: string;
}

/** How a shot ended: as a value that was taken, or refused with a fault. */
export type Verdict = 'accepted' | 'refused';

/** A decoder of the product, and what must hold of it whatever it is given. */
export interface Decoder {
  readonly name: string;
  /** Valid messages, most of them changed. */
  readonly shots: fc.Arbitrary<Shot>;
  /** Runs the product's own code and nothing else: what is timed. */
  act(shot: Shot): unknown;
  /**
   * Runs it and looks at all that must hold.
   * @throws if something does not
   */
  check(shot: Shot): Verdict;
  /** What is repeated without end to see how time grows. */
  readonly tokens: readonly string[];
  /** How many bytes at most that makes sense for. */
  readonly most: number;
}
