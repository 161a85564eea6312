import type { Issue } from './fault.ts';
import type { Issues } from './issues.ts';
import type { Turn } from './turn.ts';

/** Thrown to end a turn in the middle of a walk. */
const pause = new Error('A walk goes on in its next turn');

/** How far the walk over one list has come. */
export interface Bookmark<Place> {
  /** What has been made of the items so far. */
  readonly items: unknown[];
  /** Where to go on, undefined at the beginning. */
  readonly place: Place | undefined;
  /** Whether the walk has reached the end of the list. */
  readonly done: boolean;
  /** Asked after each item: whether the turn is over. */
  isOver(): boolean;
  /** Ends the turn; the list is entered again at this place. */
  stop(place: Place): never;
  /** Leaves the list, whose end lies at this place. */
  close(place: Place): void;
}

/** A list that has been entered, or a step that has been done. */
interface Kept {
  readonly items: unknown[];
  place: unknown;
  done: boolean;
  /** What is wrong with the items so far. */
  issues: readonly Issue[];
  /** How many have been kept by the end of it, itself and what is inside counted. */
  after: number;
}

/**
 * Where a walk over a value or a message has stopped. Readers and walks are plain synchronous functions: one that has
 * worked long enough is left in the middle of a list, and begun again after others have had their turn; then it comes by
 * the same lists in the same order, and goes on in the one where it stopped. Only the outermost lists have bookmarks.
 */
export class Bookmarks {
  readonly #issues: Issues;
  readonly #turn: Turn;
  readonly #kept: Kept[] = [];
  #count = 0;
  #inside = false;
  #first = true;

  constructor(issues: Issues, turn: Turn) {
    this.#issues = issues;
    this.#turn = turn;
  }

  /** Begins the walk, again. */
  restart(): void {
    this.#count = 0;
    this.#inside = false;
    this.#first = true;
  }

  /** Enters a list; undefined inside of another one, which is where to stop. */
  open<Place>(): Bookmark<Place> | undefined {
    if (this.#inside) return undefined;
    this.#inside = true;
    const kept = this.#next();
    const { list } = this.#issues;
    const from = list.length;
    list.push(...kept.issues);
    if (this.#first) this.#turn.allow();
    this.#first = false;
    return {
      items: kept.items,
      place: kept.place as Place | undefined,
      done: kept.done,
      isOver: () => this.#turn.isOver(),
      stop: (place) => {
        kept.place = place;
        kept.issues = list.slice(from);
        throw pause;
      },
      close: (place) => {
        kept.place = place;
        kept.issues = list.slice(from);
        kept.done = true;
        this.#inside = false;
      },
    };
  }

  /** Does a step once, however often the walk is begun; lists inside of it have bookmarks as well. */
  once<T>(step: () => T): T {
    const kept = this.#next();
    if (kept.done) this.#count = kept.after;
    else {
      kept.place = step();
      kept.done = true;
      kept.after = this.#count;
    }
    return kept.place as T;
  }

  #next(): Kept {
    const at = this.#count++;
    const kept = this.#kept[at] ?? { items: [], place: undefined, done: false, issues: [], after: at };
    this.#kept[at] = kept;
    return kept;
  }
}

/** Carries out a walk in turns: what it returns is what it would have returned at once. */
export async function inTurns<T>(issues: Issues, turn: Turn, walk: () => T): Promise<T> {
  const known = issues.list.length;
  const bookmarks = new Bookmarks(issues, turn);
  for (;;) {
    issues.begin(known, bookmarks);
    bookmarks.restart();
    try {
      return walk();
    } catch (reason) {
      if (reason !== pause) throw reason;
    } finally {
      issues.begin(issues.list.length, undefined);
    }
    await turn.next();
  }
}
