import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Route } from '../route.ts';

/** Functions of the site. */
export function Explorer({ route }: { readonly route: Route }): VNode {
  return html`<h1>Functions ${route.segments.join(' ')}</h1>`;
}
