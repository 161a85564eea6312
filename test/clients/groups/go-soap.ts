import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';

const programOf = ({ build }: Pick<Place, 'build'>): string => join(build, 'client');

/** Go's standard library, with structs written by hand: it has SOAP 1.2 as well, which gowsdl has not. */
export const goSoap: ForeignClient = {
  name: 'Go encoding/xml',
  folder: 'go',
  install: async (place) => {
    await must(['go', 'build', '-o', programOf(place), '.'], { cwd: place.source, env: { GOTOOLCHAIN: 'local' } });
  },
  runs: (['1.1', '1.2'] as const).map((version) => ({
    title: `SOAP ${version} document/literal`,
    protocol: 'soap',
    command: (place) => [programOf(place), place.url, version],
  })),
};
