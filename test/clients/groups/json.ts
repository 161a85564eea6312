import type { ForeignClient } from '../client.ts';

/** JSON-RPC and REST clients. */
export const jsonClients: readonly ForeignClient[] = [];
