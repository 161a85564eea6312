import type { VNode } from 'preact';
import { type MapDescriptor, unwrap } from '../../../lib/descriptor.ts';
import { html } from '../../html.ts';
import { typedIn } from '../../parts/typed-in.ts';
import type { FieldComponent, FieldProps } from './field-props.ts';
import { withItem, withItemChanged, withoutItem } from './field-state.ts';
import { focusAdded, focusAfterRemoval } from './focus.ts';
import { itemChange } from './list-view.ts';

/** The entries of a map: a key and a value each. */
export function MapView(props: FieldProps & { readonly Inner: FieldComponent }): VNode {
  const { descriptor, state, change, path, problems, Inner } = props;
  const { value } = unwrap(descriptor).core as MapDescriptor;
  const rename = (id: number) => (event: Event) => {
    const key = typedIn(event);
    change((last) => withItemChanged(last, id, (item) => ({ ...item, key })));
  };
  const remove = (id: number, at: number) => (event: Event) => {
    change((last) => withoutItem(last, id));
    focusAfterRemoval(event, at);
  };
  return html`<div class="group-body">
    ${state.items.map(
      ({ id, key, state: inner }, i) => html`<div class="entry" key=${id}>
        <div class="entry-value">
          <label class="field"><span class="label">Key</span>
            <input value=${key} onInput=${rename(id)} autocomplete="off" spellcheck=${false}
              aria-label=${`Key ${i + 1} of ${path}`} />
          </label>
          <${Inner} label="Value" descriptor=${value} state=${inner} path=${`${path}/${key}`} problems=${problems}
            change=${itemChange(change, id)} />
        </div>
        <div class="entry-buttons">
          <button type="button" class="button button-small" aria-label=${`Remove entry ${i + 1} of ${path}`}
            onClick=${remove(id, i)}>Remove</button>
        </div>
      </div>`,
    )}
    <button type="button" class="button button-small" onClick=${(event: Event) => {
      change((last) => withItem(last, value));
      focusAdded(event);
    }}>
      Add ${state.items.length === 0 ? 'an' : 'another'} entry<span class="visually-hidden"> to ${path}</span>
    </button>
  </div>`;
}
