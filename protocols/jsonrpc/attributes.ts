import type { Fault } from '../../lib/fault.ts';
import { numberOf } from './fault.ts';

/**
 * What OpenTelemetry's conventions for JSON-RPC say of a call, in their present names and in those that they had before
 * (`rpc.jsonrpc.*`), which most dashboards still read. Ids are the caller's own and stay out.
 */
export function attributes(fault: Fault | undefined): Readonly<Record<string, string | number>> {
  const version = { 'jsonrpc.protocol.version': '2.0', 'rpc.jsonrpc.version': '2.0' };
  if (fault === undefined) return version;
  const number = numberOf(fault);
  return { ...version, 'rpc.status_code': `${number}`, 'rpc.jsonrpc.error_code': number };
}
