import { Durations, storeBounds } from './durations.ts';
import { type Family, family, histogram } from './families.ts';

/** Notes how long one operation took, in milliseconds, and whether it failed. */
export type Note = (milliseconds: number, failed: boolean) => void;

interface Operation {
  readonly durations: Durations;
  failures: number;
}

/** How long the operations of the store take. */
export class StoreTimes {
  readonly #operations = new Map<string, Operation>();

  /** What notes for one operation: made once, and called for each time that it is carried out. */
  of(name: string): Note {
    const operation: Operation = { durations: new Durations(storeBounds), failures: 0 };
    return (milliseconds, failed) => {
      this.#operations.set(name, operation); // only what has happened is shown
      operation.durations.add(milliseconds);
      if (failed) operation.failures++;
    };
  }

  families(): readonly Family[] {
    const all = [...this.#operations];
    return [
      histogram(
        'polywire_store_operation_seconds',
        storeBounds,
        all.map(([operation, { durations }]) => durations.read({ operation })),
      ),
      family(
        'polywire_store_failures_total',
        all.map(([operation, { failures }]) => ({ labels: { operation }, value: failures })),
      ),
    ];
  }
}
