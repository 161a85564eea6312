import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Route } from '../route.ts';

/** Usage of the site. */
export function Usage({ route }: { readonly route: Route }): VNode {
  return html`<h1>Usage ${route.segments.join(' ')}</h1>`;
}
