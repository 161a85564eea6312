import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { StandingPill } from './facts.ts';

/** A button and the dialog that it opens. */
export interface Deed {
  readonly label: string;
  readonly tone?: 'main' | 'bad';
  readonly dialog: (close: () => void) => VNode;
}

/** Buttons, of which one at a time has its dialog open. */
export function Deeds({ deeds, small = false }: { readonly deeds: readonly Deed[]; readonly small?: boolean }): VNode {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const row = useRef<HTMLDivElement>(null);
  const used = useRef(false);
  if (open !== undefined) used.current = true;
  useEffect(() => {
    // the button that was pressed may be gone when its work is done, and the focus with it
    if (used.current && open === undefined && document.activeElement === document.body) row.current?.focus();
  });
  const deed = deeds.find(({ label }) => label === open);
  return html`<div class="row deeds" tabindex="-1" ref=${row}>
    ${deeds.map(({ label, tone }) => html`<button key=${label} type="button" class=${`button ${small ? 'button-small' : ''} ${tone === undefined ? '' : `button-${tone}`}`} onClick=${() => setOpen(label)}>${label}</button>`)}
    ${deed?.dialog(() => setOpen(undefined)) ?? null}
  </div>`;
}

/** The head of a record's page: its name, its state, what can be done. */
export function RecordHead({
  name,
  counted,
  children,
}: {
  readonly name: string;
  readonly counted?: Parameters<typeof StandingPill>[0]['record'];
  readonly children?: ComponentChildren;
}): VNode {
  return html`<div class="title-row">
    <h1>${name} ${counted === undefined ? null : html`<span role="status"><${StandingPill} record=${counted} /></span>`}</h1>
    ${children}
  </div>`;
}
