import type { Protocol } from './protocol.ts';
import type { Site } from './site.ts';

/** A page that is no protocol's: an object becomes JSON, a text plain text. */
export interface Page {
  readonly status: number;
  readonly body: string | object;
}

/** Health for machines, and what is on for people. */
export function pageOf(path: string, site: Site, protocols: readonly Protocol[], draining: boolean): Page {
  switch (path) {
    case '/healthz':
      return { status: 200, body: { status: 'ok' } };
    case '/readyz':
      return draining ? { status: 503, body: { status: 'draining' } } : { status: 200, body: { status: 'ready' } };
    case '/':
      return { status: 200, body: overview(site, protocols) };
    default:
      return { status: 404, body: 'Nothing answers here.\n' };
  }
}

function overview(site: Site, protocols: readonly Protocol[]): string {
  const on = site.on ? protocols.filter(({ name }) => site.protocolIsOn(name)) : [];
  const lines = on.map(({ name, routes }) => `${name}: ${routes.map(({ path }) => path).join(' ')}\n`);
  return `Polywire\n${lines.join('') || 'Web services are off.\n'}`;
}
