import type { Protocol } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import type { AdminHouse } from '../admin/house.ts';

/** What the console's own functions stand on. */
export interface ConsoleHouse {
  readonly site: () => Site;
  /** The protocols that are switched, on or off. */
  readonly protocols: readonly Protocol[];
  /** What administrators stand on; undefined without a database. */
  readonly admin: AdminHouse | undefined;
  /** Whether this is the demo. */
  readonly demo: boolean;
}
