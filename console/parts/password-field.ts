import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../html.ts';
import { TextField, type TextFieldProps } from './field.ts';

/** A password, which can be shown while it is typed. */
export function PasswordField({ label, ...rest }: TextFieldProps & { readonly label: string }): VNode {
  const [shown, setShown] = useState(false);
  const around = (input: VNode): VNode => html`<div class="password">
    ${input}
    <button type="button" class="button button-small" aria-label=${`${shown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
      onClick=${() => setShown(!shown)}>${shown ? 'Hide' : 'Show'}</button>
  </div>`;
  return html`<${TextField} ...${rest} label=${label} type=${shown ? 'text' : 'password'} autocapitalize="off" spellcheck=${false} around=${around} />`;
}
