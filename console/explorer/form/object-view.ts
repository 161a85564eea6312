import type { VNode } from 'preact';
import { type ObjectDescriptor, unwrap } from '../../../lib/descriptor.ts';
import { html } from '../../html.ts';
import type { Change, FieldComponent, FieldProps } from './field-props.ts';
import type { FieldState } from './field-state.ts';

/** How a field of an object changes by a change of the whole. */
export function changeOf(change: Change, name: string): Change {
  return (update) =>
    change((state) => ({ ...state, fields: { ...state.fields, [name]: update(state.fields[name] as FieldState) } }));
}

/** The fields of an object, one below the other. */
export function ObjectView({
  descriptor,
  state,
  change,
  path,
  problems,
  Inner,
}: FieldProps & { readonly Inner: FieldComponent }): VNode {
  const { fields } = unwrap(descriptor).core as ObjectDescriptor;
  return html`<div class="group-body">
    ${Object.entries(fields).map(
      ([name, field]) =>
        html`<${Inner} key=${name} label=${name} descriptor=${field} state=${state.fields[name]} path=${`${path}/${name}`}
          problems=${problems} change=${changeOf(change, name)} />`,
    )}
  </div>`;
}
