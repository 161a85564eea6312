import type { Identity } from '../auth/identity.ts';
import { can } from '../auth/identity.ts';
import { Fault } from '../fault.ts';
import type { SiteService } from '../site.ts';
import type { ServiceUserRecord } from '../store/records.ts';
import { listOf } from './address.ts';

/** Where and when a call comes. */
export interface Moment {
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Whether a caller may use a service: its capability, and for a restricted one a place in its list.
 * @throws Fault `forbidden`, `unauthenticated`
 */
export function serviceGate({ record }: SiteService, identity: Identity, moment: Moment): void {
  const { restricted, capability, users } = record;
  if (!restricted && capability === undefined) return;
  if (identity.user === undefined) {
    throw new Fault('unauthenticated', 'This service wants to know who calls', { gate: 'service' });
  }
  if (capability !== undefined && !can(identity, capability)) throw refused('service-capability');
  if (!restricted) return;
  const place = users.find(({ userId }) => String(userId) === identity.user?.id);
  if (place === undefined || !placeHolds(place, moment)) throw refused('service-user');
}

function refused(gate: string): Fault {
  return new Fault('forbidden', 'You may not use this service', { gate });
}

function placeHolds({ validFrom, validUntil, addresses }: ServiceUserRecord, { now, address }: Moment): boolean {
  if (validFrom !== undefined && now < validFrom) return false;
  if (validUntil !== undefined && now >= validUntil) return false;
  return addresses.length === 0 || listOf(addresses)(address);
}
