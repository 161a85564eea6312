import type { VNode } from 'preact';
import { type ListDescriptor, unwrap } from '../../../lib/descriptor.ts';
import { html } from '../../html.ts';
import type { Change, FieldComponent, FieldProps } from './field-props.ts';
import { type ItemState, withItem, withItemChanged, withItemMoved, withoutItem } from './field-state.ts';
import { focusAdded, focusAfterRemoval, focusMoved } from './focus.ts';

/** How the value of an item changes by a change of the whole. */
export function itemChange(change: Change, id: number): Change {
  return (update) => change((state) => withItemChanged(state, id, (item) => ({ ...item, state: update(item.state) })));
}

/** The items of a list: each can be moved and taken out, another can be added. */
export function ListView(props: FieldProps & { readonly Inner: FieldComponent }): VNode {
  const { descriptor, state, change, path, problems, Inner } = props;
  const { item } = unwrap(descriptor).core as ListDescriptor;
  return html`<div class="group-body">
    ${state.items.map(
      ({ id, state: inner }, i) => html`<div class="entry" key=${id}>
        <div class="entry-value">
          <${Inner} label=${`#${i + 1}`} descriptor=${item} state=${inner} path=${`${path}/${i}`} problems=${problems}
            change=${itemChange(change, id)} />
        </div>
        <${ItemButtons} items=${state.items} at=${i} change=${change} path=${path} />
      </div>`,
    )}
    <button type="button" class="button button-small" onClick=${(event: Event) => {
      change((last) => withItem(last, item));
      focusAdded(event);
    }}>
      Add ${state.items.length === 0 ? 'an' : 'another'} item<span class="visually-hidden"> to ${path}</span>
    </button>
  </div>`;
}

/** Moves an item, or takes it out. */
function ItemButtons({
  items,
  at,
  change,
  path,
}: {
  readonly items: readonly ItemState[];
  readonly at: number;
  readonly change: Change;
  readonly path: string;
}): VNode {
  const id = items[at]?.id ?? -1;
  const move = (by: 1 | -1) => (event: Event) => {
    change((last) => withItemMoved(last, id, by));
    focusMoved(event, at + by);
  };
  const remove = (event: Event): void => {
    change((last) => withoutItem(last, id));
    focusAfterRemoval(event, at);
  };
  const name = `item ${at + 1} of ${path}`;
  return html`<div class="entry-buttons">
    <button type="button" class="button button-small" data-move="up" aria-label=${`Move ${name} up`} disabled=${at === 0} onClick=${move(-1)}>↑</button>
    <button type="button" class="button button-small" data-move="down" aria-label=${`Move ${name} down`} disabled=${at === items.length - 1}
      onClick=${move(1)}>↓</button>
    <button type="button" class="button button-small" aria-label=${`Remove ${name}`}
      onClick=${remove}>Remove</button>
  </div>`;
}
