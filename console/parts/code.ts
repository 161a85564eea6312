import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../html.ts';

/** A text of a program or a message, which can be copied. */
export function Code({ text, label }: { readonly text: string; readonly label: string }): VNode {
  return html`<div class="code">
    <pre tabindex="0" aria-label=${label}><code>${text}</code></pre>
    <${Copy} text=${text} label=${label} />
  </div>`;
}

/** A button that copies a text, and says so. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }): VNode {
  const [said, setSaid] = useState('Copy');
  const copy = async (): Promise<void> => {
    const done = await navigator.clipboard.writeText(text).then(
      () => 'Copied',
      () => 'Select and copy it',
    );
    setSaid(done);
    setTimeout(() => setSaid('Copy'), 2_000);
  };
  return html`<button type="button" class="button button-small copy" aria-label=${said === 'Copy' ? `Copy ${label}` : said} onClick=${copy}>
    <span aria-live="polite">${said}</span>
  </button>`;
}
