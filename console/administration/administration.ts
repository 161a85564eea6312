import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Route } from '../route.ts';

/** Administration of the site. */
export function Administration({ route }: { readonly route: Route }): VNode {
  return html`<h1>Administration ${route.segments.join(' ')}</h1>`;
}
