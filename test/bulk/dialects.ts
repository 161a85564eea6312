import { BULK_DIALECTS, bulkRequest } from '../../bench/bulk-requests.ts';
import type { NewUser } from '../../bench/data.ts';
import type { BenchRequest } from '../../bench/workloads.ts';

/** Every way to send many users: those that are measured beside others, and MCP, which no other server speaks there. */
export const dialects = [...BULK_DIALECTS, 'mcp'] as const;
export type Dialect = (typeof dialects)[number];

/** One call of a function with many users. */
export function requestOf(dialect: Dialect, name: string, users: readonly NewUser[]): BenchRequest {
  if (dialect !== 'mcp') return bulkRequest(dialect, name, users);
  const params = { name: name.replaceAll('.', '_'), arguments: { users } };
  return {
    path: '/mcp',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  };
}
