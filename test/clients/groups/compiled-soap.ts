import type { ForeignClient } from '../client.ts';
import { goSoap } from './go-soap.ts';
import { gowsdl } from './gowsdl.ts';
import { gsoap } from './gsoap.ts';
import { kdsoap } from './kdsoap.ts';
import { mono } from './mono.ts';

/** SOAP clients whose stubs are compiled: Mono, gSOAP, Qt, Go. */
export const compiledSoapClients: readonly ForeignClient[] = [mono, gsoap, kdsoap, gowsdl, goSoap];
