import type { VNode } from 'preact';
import { html } from '../html.ts';

/** One of several choices beside each other. */
interface Segment {
  readonly title: string;
  readonly on: boolean;
  readonly choose: () => void;
}

/** A few choices beside each other, of which one is in force. */
export function Segments({
  segments,
  ...named
}: {
  readonly segments: readonly Segment[];
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
}): VNode {
  return html`<div class="segments" role="group" ...${named}>
    ${segments.map(
      ({ title, on, choose }) =>
        html`<button key=${title} type="button" class="segment" aria-pressed=${on ? 'true' : 'false'} onClick=${choose}>${title}</button>`,
    )}
  </div>`;
}
