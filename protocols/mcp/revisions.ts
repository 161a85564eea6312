/** Revisions without a handshake: every request tells its own (MCP 2026-07-28 "Versioning"). */
export const statelessRevisions: readonly string[] = ['2026-07-28'];

/** Revisions that begin with `initialize`, the newest first. */
export const handshakeRevisions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26'];

/** The only revision with batches; also what is meant where no header tells one (MCP 2025-06-18 "Transports"). */
export const batchRevision = '2025-03-26';

/** Names in `_meta` that MCP 2026-07-28 reserves. */
export const metaKeys = {
  version: 'io.modelcontextprotocol/protocolVersion',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  client: 'io.modelcontextprotocol/clientInfo',
  server: 'io.modelcontextprotocol/serverInfo',
} as const;
