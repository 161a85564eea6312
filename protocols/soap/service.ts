import type { RequestHead } from '../../lib/protocol.ts';

/** The path of one service is this and its name. */
export const servicePath = '/soap/';

/** The service that a request is addressed to, `/soap/<service>`; undefined at `/soap`. A broken escape is nobody's name. */
export function serviceOf({ tail }: RequestHead): string | undefined {
  if (tail === '') return undefined;
  try {
    return decodeURIComponent(tail);
  } catch {
    return tail;
  }
}
