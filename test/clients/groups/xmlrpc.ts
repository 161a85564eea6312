import { join } from 'node:path';
import type { ForeignClient } from '../client.ts';
import { python, pythonOf } from './python.ts';

/** XML-RPC clients. */
export const xmlrpcClients: readonly ForeignClient[] = [
  {
    name: 'Python xmlrpc.client',
    ...python,
    runs: [
      {
        title: 'XML-RPC',
        protocol: 'xmlrpc',
        command: (place) => [pythonOf(place), join(place.source, 'xmlrpc_client.py'), place.url],
      },
    ],
  },
];
