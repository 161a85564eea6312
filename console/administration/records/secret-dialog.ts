import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { Code } from '../../parts/code.ts';
import { Dialog } from '../../parts/dialog.ts';
import { Notice } from '../../parts/notice.ts';

/** A secret that has been made, how it is used, and what it is of. */
export interface Issued {
  readonly title: string;
  readonly secret: string;
  /** Where a program puts it. */
  readonly use: string;
  /** A header or so with the secret in it. */
  readonly example?: string;
}

/** Shows a secret this once: it is nowhere else, and gone when this is closed. */
export function SecretDialog({ issued, close }: { readonly issued: Issued; readonly close: () => void }): VNode {
  const [kept, setKept] = useState(false);
  const { title, secret, use, example } = issued;
  return html`<${Dialog} title=${title} close=${close} firm=${!kept}>
    <${Notice} tone="warn" title="Copy it now">
      <p>It is shown this once. The site keeps only a trace by which it recognises it; when this is closed nobody can see it again.</p>
    <//>
    <${Code} text=${secret} label="the secret" />
    <p class="hint">${use}</p>
    ${example === undefined ? null : html`<${Code} text=${example} label="the header" />`}
    <label class="check"><input type="checkbox" checked=${kept} onChange=${() => setKept(!kept)} /> I have put it in a safe place</label>
    <div class="dialog-end">
      <button type="button" class="button button-main" disabled=${!kept} onClick=${close}>Done</button>
    </div>
  <//>`;
}
