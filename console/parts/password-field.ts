import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../html.ts';
import { type ControlNames, Field } from './field.ts';

/** A password, which can be shown while it is typed. */
export function PasswordField({
  label,
  value,
  onInput,
  hint,
  problem,
  optional,
  ...rest
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
  readonly [attribute: string]: unknown;
}): VNode {
  const [shown, setShown] = useState(false);
  const heard = (event: Event): void => onInput((event.currentTarget as HTMLInputElement).value);
  const control = (names: ControlNames): VNode => html`<div class="password">
    <input ...${names} ...${rest} type=${shown ? 'text' : 'password'} autocapitalize="off" spellcheck=${false} value=${value} onInput=${heard} />
    <button type="button" class="button button-small" aria-label=${`${shown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
      onClick=${() => setShown(!shown)}>${shown ? 'Hide' : 'Show'}</button>
  </div>`;
  return html`<${Field} label=${label} hint=${hint} problem=${problem} optional=${optional} control=${control} />`;
}
