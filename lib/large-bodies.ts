import type { ServerResponse } from 'node:http';
import { Fault } from './fault.ts';

/**
 * Room for the bodies that are larger than the site's usual limit: so many bytes of them are in memory at a time, whoever
 * sends them. One alone always has room, as its function has declared that it may be so large.
 */
export class LargeBodies {
  #held = 0;

  /**
   * Takes room for a body until its answer has gone out or its connection has ended.
   * @returns a fault where there is none
   */
  take(bytes: number, room: number, response: ServerResponse): Fault | undefined {
    if (this.#held > 0 && this.#held + bytes > room) {
      return new Fault('unavailable', 'Too many large requests are in work', { retryAfter: 2, gate: 'large-bodies' });
    }
    this.#held += bytes;
    response.once('close', () => {
      this.#held -= bytes;
    });
    return undefined;
  }
}
