import type { Protocol } from '../../lib/protocol.ts';
import type { Envelope } from './index.ts';

/** The envelope of REST, which nobody keeps; without its challenge, at which a browser would ask for a password itself. */
export function encoder({ encode }: Envelope): Protocol<undefined>['encode'] {
  return (outcomes, _, requestId, site) => {
    const answer = encode(outcomes, { cacheable: false }, requestId, site);
    const headers = Object.entries(answer.headers).filter(([name]) => name !== 'WWW-Authenticate');
    return {
      ...answer,
      headers: {
        ...Object.fromEntries(headers),
        'Cache-Control': 'no-store',
        'Cross-Origin-Resource-Policy': 'same-origin',
      },
    };
  };
}
