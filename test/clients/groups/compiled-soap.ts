import type { ForeignClient } from '../client.ts';
import { gsoap } from './gsoap.ts';
import { kdsoap } from './kdsoap.ts';
import { mono } from './mono.ts';

/** SOAP clients whose stubs are compiled: Mono, gSOAP, Qt. */
export const compiledSoapClients: readonly ForeignClient[] = [mono, gsoap, kdsoap];
