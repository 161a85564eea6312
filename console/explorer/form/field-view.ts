import type { VNode } from 'preact';
import { unwrap } from '../../../lib/descriptor.ts';
import { html } from '../../html.ts';
import { type ControlNames, Field } from '../../parts/field.ts';
import { deprecationOf, descriptionOf, limitWords, typeWords } from '../words.ts';
import type { Change, FieldProps } from './field-props.ts';
import type { FieldState } from './field-state.ts';
import { ListView } from './list-view.ts';
import { MapView } from './map-view.ts';
import { ObjectView } from './object-view.ts';
import { ScalarControl } from './scalar-control.ts';

/** A field for a value of any kind. */
export function FieldView(props: FieldProps): VNode {
  switch (unwrap(props.descriptor).core.kind) {
    case 'list':
      return html`<${GroupView} ...${props} view=${ListView} />`;
    case 'map':
      return html`<${GroupView} ...${props} view=${MapView} />`;
    case 'object':
      return html`<${GroupView} ...${props} view=${ObjectView} />`;
    default:
      return html`<${ScalarView} ...${props} />`;
  }
}

function ScalarView({ label, descriptor, state, change, path, problems }: FieldProps): VNode {
  const { core } = unwrap(descriptor);
  const chosen = core.kind === 'boolean' || core.kind === 'enum';
  const limits = chosen ? [] : limitWords(descriptor);
  const title = html`${label} <span class="type">${[typeWords(descriptor), ...limits].join(', ')}</span>`;
  const control = (names: ControlNames): VNode => html`<div class="control-row">
    <${ScalarControl} names=${names} descriptor=${descriptor} state=${state} change=${change} />
    <${Switches} descriptor=${descriptor} state=${state} change=${change} path=${path} chosen=${chosen} />
  </div>`;
  return html`<div data-path=${path}>
    <${Field} label=${title} hint=${hintOf(descriptor)} problem=${problems.get(path)} control=${control} />
  </div>`;
}

function hintOf(descriptor: FieldProps['descriptor']): string | undefined {
  const deprecated = deprecationOf(descriptor);
  const parts = [descriptionOf(descriptor), deprecated === undefined ? undefined : `Deprecated: ${deprecated}`];
  return parts.filter(Boolean).join(' ') || undefined;
}

/** Whether an optional value is sent, and whether null is sent. */
function Switches({
  descriptor,
  state,
  change,
  path,
  chosen = false,
}: {
  readonly descriptor: FieldProps['descriptor'];
  readonly state: FieldState;
  readonly change: Change;
  readonly path: string;
  /** Whether its control can leave it out by itself. */
  readonly chosen?: boolean;
}): VNode | null {
  const { optional, nullable } = unwrap(descriptor);
  if (!nullable && (!optional || chosen)) return null;
  const set = (members: Partial<FieldState>) => () => change((last) => ({ ...last, ...members }));
  return html`<span class="switches">
    ${
      optional && !chosen
        ? html`<label><input type="checkbox" checked=${state.sent} aria-label=${`Send ${path}`}
          onChange=${set({ sent: !state.sent })} />send</label>`
        : null
    }
    ${
      nullable
        ? html`<label><input type="checkbox" checked=${state.sent && state.isNull} aria-label=${`${path} is null`}
          onChange=${set({ isNull: !state.isNull, sent: true })} />null</label>`
        : null
    }
  </span>`;
}

/** A value made of others, in a frame with its name. */
function GroupView({
  view,
  ...props
}: FieldProps & { readonly view: typeof ListView | typeof MapView | typeof ObjectView }): VNode {
  const { label, descriptor, state, path, problems } = props;
  const hint = hintOf(descriptor);
  const problem = problems.get(path);
  const open = state.sent && !state.isNull;
  const about = [typeWords(descriptor), ...limitWords(descriptor)].join(', ');
  return html`<fieldset class="group" data-path=${path}>
    <legend>${label} <span class="type">${about}</span></legend>
    <div class="group-head">
      ${hint === undefined ? null : html`<p class="hint">${hint}</p>`}
      <${Switches} ...${props} />
    </div>
    ${problem === undefined ? null : html`<p class="problem" tabindex="-1">${problem}</p>`}
    ${open ? html`<${view} ...${props} Inner=${FieldView} />` : html`<p class="hint">${state.sent ? 'null is sent' : 'not sent'}</p>`}
  </fieldset>`;
}
