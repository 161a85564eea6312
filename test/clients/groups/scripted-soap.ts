import { join } from 'node:path';
import type { ForeignClient } from '../client.ts';
import { python, pythonOf } from './python.ts';

/** SOAP clients of scripting languages. */
export const scriptedSoapClients: readonly ForeignClient[] = [
  {
    name: 'Python zeep',
    ...python,
    runs: (['1.1', '1.2'] as const).map((version) => ({
      title: `SOAP ${version} document/literal`,
      protocol: 'soap',
      command: (place) => [pythonOf(place), join(place.source, 'zeep_client.py'), place.url, version],
    })),
  },
];
