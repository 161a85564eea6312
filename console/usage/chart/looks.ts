import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Kind, Look } from './layer.ts';

const marks: Readonly<Record<Look, string>> = {
  1: '',
  2: 'M-2 2L2 -2M0 6L6 0M4 8L8 4',
  3: 'M1 1.5h2M4 4.5h2',
  4: 'M0 1.5h6',
  5: 'M-2 4L2 8M0 0L6 6M4 -2L8 2',
  6: 'M1.5 0v6M4.5 0v6',
};

const dashes: Readonly<Record<Look, string | undefined>> = {
  1: undefined,
  2: '7 3',
  3: '6 3 1.5 3',
  4: '3 3',
  5: '2 2',
  6: '10 4',
};

/** What a line is broken up by, so that several differ without colours too. */
export function dashOf(look: Look, alone: boolean): string | undefined {
  return alone ? undefined : dashes[look];
}

/** The fill of a bar: a colour with a pattern, defined by `Patterns` under the same id. */
export function fillOf(id: string, look: Look): string {
  return `url(#${id}-${look})`;
}

const looks: readonly Look[] = [1, 2, 3, 4, 5, 6];

/** The patterns of bars: the colour of the series, with marks in the colour of the ground. */
export function Patterns({ id }: { readonly id: string }): VNode {
  return html`<svg class="visually-hidden" aria-hidden="true"><defs>
    ${looks.map(
      (look) => html`<pattern key=${look} id=${`${id}-${look}`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class=${`series-fill look-${look}`} width="6" height="6" />
        <path class="pattern-mark" d=${marks[look]} />
      </pattern>`,
    )}
  </defs></svg>`;
}

/** A sample of a layer's look, for the legend. */
export function Swatch({
  id,
  look,
  kind,
  alone,
}: {
  readonly id: string;
  readonly look: Look;
  readonly kind: Kind;
  readonly alone: boolean;
}): VNode {
  return html`<svg class="swatch" width="22" height="12" aria-hidden="true">
    ${
      kind === 'bars'
        ? html`<rect width="22" height="12" rx="2" fill=${fillOf(id, look)} />`
        : html`<path class=${`series-line look-${look}`} d="M0 6h22" stroke-dasharray=${dashOf(look, alone)} />`
    }
  </svg>`;
}
