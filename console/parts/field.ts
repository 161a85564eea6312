import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';
import { html } from '../html.ts';
import { typedIn } from './typed-in.ts';

/** What a field passes to its control, so that label, hint and problem belong to it. */
export interface ControlNames {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

/** A labelled control with a hint and a problem below it. */
export function Field({
  label,
  hint,
  problem,
  optional = false,
  control,
}: {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
  readonly control: (names: ControlNames) => VNode;
}): VNode {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${id}>${label}${optional ? html` <span class="muted">optional</span>` : null}</label>
    ${control({ id, 'aria-describedby': described || undefined, 'aria-invalid': problem ? 'true' : undefined })}
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : null}
    ${problem ? html`<p class="problem" id=${`${id}-problem`}>${problem}</p>` : null}
  </div>`;
}

/** What a field of one line of text is given; attributes of its input beside. */
export interface TextFieldProps {
  readonly label: ComponentChildren;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: ComponentChildren;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
  /** What stands around the input. */
  readonly around?: (input: VNode) => VNode;
  readonly [attribute: string]: unknown;
}

/** A field of one line of text. */
export function TextField({
  label,
  value,
  onInput,
  hint,
  problem,
  optional,
  around = (input) => input,
  ...rest
}: TextFieldProps): VNode {
  const heard = (event: Event): void => onInput(typedIn(event));
  const control = (names: ControlNames): VNode =>
    around(html`<input ...${names} ...${rest} value=${value} onInput=${heard} />`);
  return html`<${Field} label=${label} hint=${hint} problem=${problem} optional=${optional} control=${control} />`;
}
