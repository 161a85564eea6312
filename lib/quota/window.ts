import type { FaultCode } from '../fault.ts';
import type { QuotaLimits } from '../store/records.ts';

/** How long calls are counted before the count begins anew, and what is said to who has had enough. */
export interface Window {
  readonly name: 'minute' | 'day';
  /** Milliseconds. Windows begin at whole multiples of it since 1970: a day is one of UTC. */
  readonly length: number;
  readonly limit: keyof QuotaLimits;
  readonly code: Extract<FaultCode, 'rate-limited' | 'quota-exceeded'>;
}

export const minute: Window = { name: 'minute', length: 60_000, limit: 'perMinute', code: 'rate-limited' };
export const day: Window = { name: 'day', length: 86_400_000, limit: 'perDay', code: 'quota-exceeded' };
