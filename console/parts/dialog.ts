import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { html } from '../html.ts';

/** A question or a form above the page, which holds the focus until it is closed and then gives it back. */
export function Dialog({
  title,
  close,
  firm = false,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  /** Whether only its own buttons close it: nothing is lost by the Escape key. */
  readonly firm?: boolean;
  readonly children?: ComponentChildren;
}): VNode {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    if (!element.current?.open) element.current?.showModal();
    if (!firm) element.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => (before as HTMLElement | null)?.focus?.();
  }, []);
  const cancelled = (event: Event): void => {
    if (firm) event.preventDefault();
  };
  const pressed = (event: KeyboardEvent): void => {
    if (firm && event.key === 'Escape') event.preventDefault(); // a second one would not be asked
  };
  return html`<dialog class="dialog" ref=${element} aria-labelledby=${id} onKeyDown=${pressed} onCancel=${cancelled} onClose=${close}>
    <div class="dialog-head">
      <h2 id=${id}>${title}</h2>
      ${firm ? null : html`<button type="button" class="button button-quiet" aria-label="Close" onClick=${close}>✕</button>`}
    </div>
    ${children}
  </dialog>`;
}
