import type { VNode } from 'preact';
import { type Descriptor, type Unwrapped, unwrap } from '../../../lib/descriptor.ts';
import { html } from '../../html.ts';
import type { ControlNames } from '../../parts/field.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { defaultText, isSecret } from '../words.ts';
import { BytesControl } from './bytes-control.ts';
import type { Change } from './field-props.ts';
import type { FieldState } from './field-state.ts';

interface ControlProps {
  readonly names: ControlNames;
  readonly descriptor: Descriptor;
  readonly state: FieldState;
  readonly change: Change;
}

type Core = Unwrapped['core'];

/** The control of a value that is not made of others. */
export function ScalarControl(props: ControlProps): VNode {
  const { core } = unwrap(props.descriptor);
  switch (core.kind) {
    case 'boolean':
      return html`<${ChoiceControl} ...${props} choices=${['true', 'false']} />`;
    case 'enum':
      return html`<${ChoiceControl} ...${props} choices=${core.values} />`;
    case 'bytes':
      return html`<${BytesControl} ...${props} />`;
    case 'datetime':
      return html`<${MomentControl} ...${props} />`;
    default:
      return html`<${TextControl} ...${props} core=${core} />`;
  }
}

/** What stands in an empty control. */
export function placeholderOf(descriptor: Descriptor, state: FieldState): string {
  if (state.isNull) return 'null';
  const { core, optional } = unwrap(descriptor);
  const fallback = defaultText(descriptor);
  if (fallback !== undefined) return fallback === '' ? 'empty by default' : fallback;
  if (optional) return 'not sent';
  return shapes[core.kind] ?? '';
}

const shapes: Partial<Record<Core['kind'], string>> = {
  int: '0',
  int64: '0',
  float: '0.0',
  decimal: '0.00',
  datetime: '2026-01-31T12:00:00Z',
  json: '{"any": "JSON"}',
};

/** Whoever types wants it to be sent. */
const typed =
  (text: string) =>
  (state: FieldState): FieldState => ({ ...state, text, sent: true, isNull: false });

/** A text is as long as it likes to be: where it has lines, or is JSON, it gets several. */
function TextControl({ names, descriptor, state, change, core }: ControlProps & { readonly core: Core }): VNode {
  const shown = state.sent && !state.isNull ? state.text : '';
  const secret = isSecret(descriptor);
  const common = {
    ...names,
    value: shown,
    placeholder: placeholderOf(descriptor, state),
    spellcheck: false,
    autocomplete: secret ? 'new-password' : 'off',
    onInput: (event: Event) => change(typed(typedIn(event))),
  };
  if (core.kind === 'json') return html`<textarea ...${common} rows="4"></textarea>`;
  const long = core.kind === 'string' && (shown.length > 80 || shown.includes('\n'));
  if (long && !secret) return html`<textarea ...${common} rows="3"></textarea>`;
  if (secret) return html`<input ...${common} type="password" />`;
  return html`<input ...${common} ...${inputs[core.kind] ?? {}} />`;
}

/** How the inputs of some kinds are. */
const inputs: Partial<Record<Core['kind'], Readonly<Record<string, string>>>> = {
  int: { inputmode: 'numeric', class: 'mono' },
  int64: { inputmode: 'numeric', class: 'mono' },
  float: { inputmode: 'decimal', class: 'mono' },
  decimal: { inputmode: 'decimal', class: 'mono' },
  date: { type: 'date' },
};

/** One of some values; what is optional can be left out here. */
function ChoiceControl({
  names,
  descriptor,
  state,
  change,
  choices,
}: ControlProps & { readonly choices: readonly string[] }): VNode {
  const { optional } = unwrap(descriptor);
  const fallback = defaultText(descriptor);
  const at = state.sent && !state.isNull ? choices.indexOf(state.text) : -1;
  const choose = (event: Event): void => {
    const text = choices[Number(typedIn(event))];
    change((last) =>
      text === undefined || typedIn(event) === '' ? { ...last, sent: !optional, text: '' } : typed(text)(last),
    );
  };
  const empty = state.isNull
    ? 'null'
    : !optional
      ? 'Choose …'
      : fallback === undefined
        ? 'not sent'
        : `not sent (${fallback})`;
  return html`<select ...${names} value=${at === -1 ? '' : String(at)} onChange=${choose}>
    <option value="">${empty}</option>
    ${choices.map((choice, i) => html`<option value=${String(i)}>${choice === '' ? 'empty text' : choice}</option>`)}
  </select>`;
}

/** A moment as text, with its zone, so that it is exact. */
function MomentControl({ names, descriptor, state, change }: ControlProps): VNode {
  return html`<div class="control-row">
    <input ...${names} class="mono" value=${state.sent && !state.isNull ? state.text : ''} autocomplete="off"
      placeholder=${placeholderOf(descriptor, state)} onInput=${(event: Event) => change(typed(typedIn(event)))} />
    <button type="button" class="button" onClick=${() => change(typed(new Date().toISOString()))}>Now</button>
  </div>`;
}
