import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { type ControlNames, Field, TextField } from '../../parts/field.ts';
import { ItemField, PickField } from '../../parts/item-field.ts';
import { FailureNotice } from '../../parts/notice.ts';
import { PasswordField } from '../../parts/password-field.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { useAction } from '../../use-call.ts';
import {
  type FieldSpec,
  type FormValue,
  type FormValues,
  localMoment,
  problemsIn,
  problemsOf,
  valuesOf,
} from './form-fields.ts';
import { type Suggestions, useSuggestions } from './suggestions.ts';

/** A form over fields: sends what it holds, and shows problems where they belong. */
export function RecordForm({
  fields,
  initial,
  action,
  send,
  cancel,
  children,
}: {
  readonly fields: readonly FieldSpec[];
  readonly initial: FormValues;
  readonly action: string;
  readonly send: (values: FormValues) => Promise<unknown>;
  readonly cancel: () => void;
  readonly children?: ComponentChildren;
}): VNode {
  const [values, setValues] = useState(initial);
  const [tried, setTried] = useState(false);
  const { busy, failure, run } = useAction();
  const suggestions = useSuggestions(fields);
  const local = tried ? problemsOf(fields, values) : {};
  const told = failure === undefined ? undefined : problemsIn(fields, failure);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget as HTMLFormElement;
    setTried(true);
    const well = Object.keys(problemsOf(fields, values)).length === 0 && (await run(() => send(values)));
    if (!well) setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus());
  };
  const input = (
    field: FieldSpec,
  ): VNode => html`<${Input} key=${field.name} field=${field} value=${values[field.name]} suggestions=${suggestions}
    problem=${local[field.name] ?? told?.byField[field.name]} change=${(value: FormValue) => setValues((last) => ({ ...last, [field.name]: value }))} />`;
  const more = fields.filter((field) => field.more);
  const usual = valuesOf(fields);
  const open = more.some(({ name }) => isFilled(initial[name], usual[name]) || told?.byField[name] !== undefined);
  return html`<form class="record-form" noValidate onSubmit=${submit}>
    ${children}
    ${fields.filter((field) => !field.more).map(input)}
    ${more.length === 0 ? null : html`<details open=${open}><summary>More: ${more.map(({ label }) => label.toLowerCase()).join(', ')}</summary>${more.map(input)}</details>`}
    ${failure !== undefined && told?.others ? html`<${FailureNotice} failure=${failure} />` : null}
    <div class="dialog-end">
      <button type="button" class="button" onClick=${cancel}>Cancel</button>
      <button class="button button-main" aria-disabled=${busy ? 'true' : undefined}>${action}</button>
    </div>
  </form>`;
}

function isFilled(value: FormValue | undefined, usual: FormValue | undefined): boolean {
  return JSON.stringify(value) !== JSON.stringify(usual);
}

interface InputProps {
  readonly field: FieldSpec;
  readonly value: FormValue;
  readonly problem: string | undefined;
  readonly suggestions: Suggestions;
  readonly change: (value: FormValue) => void;
}

/** The control for one kind of field. */
function Input(props: InputProps): VNode {
  const { field, value, problem, suggestions, change } = props;
  const { kind, label, hint, required, suggest } = field;
  const shared = { label, hint, problem, optional: !required };
  switch (kind) {
    case 'list':
      return html`<${ItemField} ...${shared} items=${value} onChange=${change} suggestions=${suggestions(suggest)} />`;
    case 'picks':
      return html`<${PickField} label=${label} hint=${hint} problem=${problem} known=${suggestions(suggest)} picked=${value} onChange=${change} />`;
    case 'flag':
      return html`<div class="field"><label class="check"><input type="checkbox" checked=${value}
        onChange=${(event: Event) => change((event.currentTarget as HTMLInputElement).checked)} /> ${label}</label>${hint ? html`<p class="hint">${hint}</p>` : null}</div>`;
    case 'password':
      return html`<${PasswordField} ...${shared} value=${value} onInput=${change} autocomplete="new-password" />`;
    case 'moment':
      return html`<${MomentField} ...${props} />`;
    case 'area':
    case 'choice':
      return html`<${Field} ...${shared} control=${(names: ControlNames) => wideControl(props, names)} />`;
    default:
      return html`<${TextField} ...${shared} value=${value} onInput=${change} list=${suggest === undefined ? undefined : `known-${suggest}`}
        inputmode=${kind === 'count' ? 'numeric' : undefined} autocomplete="off" />${suggest === undefined ? null : html`<datalist id=${`known-${suggest}`}>${suggestions(suggest).map((one) => html`<option value=${one} />`)}</datalist>`}`;
  }
}

function wideControl({ field, value, change }: InputProps, names: ControlNames): VNode {
  if (field.kind === 'area') {
    return html`<textarea ...${names} rows="3" value=${value} onInput=${(event: Event) => change(typedIn(event))}></textarea>`;
  }
  return html`<select ...${names} value=${value} onChange=${(event: Event) => change(typedIn(event))}>
    ${(field.choices ?? []).map(([choice, text]) => html`<option value=${choice}>${text}</option>`)}
  </select>`;
}

const spans = [
  ['30 days', 30],
  ['90 days', 90],
  ['1 year', 365],
] as const;

/** A moment, with the usual distances beside it for one at which something ends. */
function MomentField({ field, value, problem, change }: InputProps): VNode {
  const inDays = (days: number): void => change(localMoment(new Date(Date.now() + days * 86_400_000).toISOString()));
  return html`<div class="moment">
    <${TextField} type="datetime-local" label=${field.label} optional hint=${field.hint} problem=${problem} value=${value} onInput=${change} />
    ${
      field.name === 'valid_until'
        ? html`<div class="row spans" role="group" aria-label="Ends in">
          ${spans.map(([text, days]) => html`<button type="button" class="button button-small" onClick=${() => inDays(days)}>${text}</button>`)}
          <button type="button" class="button button-small" onClick=${() => change('')}>Never</button>
        </div>`
        : null
    }
  </div>`;
}
