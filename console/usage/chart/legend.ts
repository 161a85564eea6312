import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Kind, Layer } from './layer.ts';
import { Swatch } from './looks.ts';

/** What stands for which layer, with its value in the chosen bucket, or in the whole range. */
export function Legend({
  id,
  kind,
  layers,
  at,
  text,
}: {
  readonly id: string;
  readonly kind: Kind;
  readonly layers: readonly Layer[];
  readonly at: number | undefined;
  readonly text: (value: number) => string;
}): VNode {
  return html`<ul class="legend">
    ${layers.map((layer) => {
      const { name, title, look, link } = layer;
      return html`<li key=${name}>
        <${Swatch} id=${id} look=${look} kind=${kind} alone=${layers.length === 1} />
        ${
          link === undefined
            ? html`<span class="legend-name" title=${title}>${title}</span>`
            : html`<a class="legend-name" href=${link} title=${`Only ${title}`}>${title}</a>`
        }
        <span class="legend-value">${valueText(layer, at, text)}</span>
      </li>`;
    })}
  </ul>`;
}

/** The value of a layer in a bucket; in the whole range if no bucket is chosen. */
export function valueText({ values, whole }: Layer, at: number | undefined, text: (value: number) => string): string {
  if (at === undefined) return whole;
  const value = values[at];
  return value === null || value === undefined ? '–' : text(value);
}
