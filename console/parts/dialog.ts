import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { html } from '../html.ts';

/** A question or a form above the page, which holds the focus until it is closed. */
export function Dialog({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children?: ComponentChildren;
}): VNode {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!element.current?.open) element.current?.showModal();
  }, []);
  return html`<dialog class="dialog" ref=${element} aria-labelledby=${id} onClose=${close}>
    <div class="dialog-head">
      <h2 id=${id}>${title}</h2>
      <button type="button" class="button button-quiet" aria-label="Close" onClick=${close}>✕</button>
    </div>
    ${children}
  </dialog>`;
}
