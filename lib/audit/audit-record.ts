import type { CallRecord } from '../log.ts';
import type { AuditRecord } from '../store/records.ts';

/** What a caller has chosen freely, fit for every database: short, and without control characters. */
function clean(text: string): string {
  return text.slice(0, 100).replace(/[\p{Cc}\p{Cs}]/gu, '?');
}

/**
 * The audit record of a call.
 * @param offset milliseconds from `performance.now()` to the time of day
 */
export function auditRecord(record: CallRecord, offset: number): AuditRecord {
  const { requestId, protocol, fault, client, user, ended, duration } = record;
  return {
    time: Math.floor(ended + offset),
    requestId: clean(requestId),
    function: clean(record.function),
    protocol,
    client,
    user,
    address: clean(record.address),
    code: fault?.code ?? 'ok',
    gate: fault?.gate,
    duration: Math.round(duration * 1_000) / 1_000,
  };
}
