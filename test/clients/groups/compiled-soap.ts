import type { ForeignClient } from '../client.ts';

/** SOAP clients whose stubs are compiled: gSOAP, Mono, Go, Qt. */
export const compiledSoapClients: readonly ForeignClient[] = [];
