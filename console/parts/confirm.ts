import type { ComponentChildren, VNode } from 'preact';
import { html } from '../html.ts';
import { useAction } from '../use-call.ts';
import { Dialog } from './dialog.ts';
import { FailureNotice } from './notice.ts';

/** A question before something that is hard to take back; it stays open where the work fails, and says why. */
export function Confirm({
  title,
  action,
  tone = 'bad',
  work,
  close,
  children,
}: {
  readonly title: string;
  /** What the button says: the deed, not "OK". */
  readonly action: string;
  readonly tone?: 'bad' | 'main';
  readonly work: () => Promise<unknown>;
  readonly close: () => void;
  readonly children?: ComponentChildren;
}): VNode {
  const { busy, failure, run } = useAction();
  const act = async (): Promise<void> => {
    if (!busy && (await run(work))) close();
  };
  return html`<${Dialog} title=${title} close=${close}>
    ${children}
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} />`}
    <div class="dialog-end">
      <button type="button" class="button" onClick=${close}>Cancel</button>
      <button type="button" class=${`button button-${tone}`} aria-disabled=${busy ? 'true' : undefined} onClick=${act}>${action}</button>
    </div>
  <//>`;
}
