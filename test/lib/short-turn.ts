import { Turn } from '../../lib/turn.ts';

/** Turns that are over after each item, without anybody who waits. */
export class ShortTurn extends Turn {
  /** How many there have been. */
  count = 0;

  constructor() {
    super({ gone: undefined });
  }

  override isOver(): boolean {
    return true;
  }

  override async next(): Promise<void> {
    this.count++;
  }
}
