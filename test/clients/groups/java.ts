import type { ForeignClient } from '../client.ts';

/** Java's SOAP clients: Apache CXF, JAX-WS RI, Axis 1.4. */
export const javaClients: readonly ForeignClient[] = [];
