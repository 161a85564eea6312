import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { type ControlNames, Field, TextField } from '../../parts/field.ts';
import { Waiting } from '../../parts/notice.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { useSession } from '../../session.ts';
import { useCall } from '../../use-call.ts';
import { useSuggestions } from '../records/suggestions.ts';
import { type Explanation, factsOf, paramsOfSupposed, type Supposed } from './explanation.ts';
import { GateList } from './gate-list.ts';

const suggesting = (['functions', 'users', 'services'] as const).map(
  (suggest) => ({ name: suggest, kind: 'text', label: suggest, suggest }) as const,
);

/** The form for a call that nobody has made. */
export function SupposedForm({
  initial,
  ask,
}: {
  readonly initial: Supposed;
  readonly ask: (supposed: Supposed) => void;
}): VNode {
  const [supposed, setSupposed] = useState(initial);
  const { session } = useSession();
  const suggestions = useSuggestions(suggesting);
  const set = (part: Partial<Supposed>): void => setSupposed((last) => ({ ...last, ...part }));
  const submit = (event: Event): void => {
    event.preventDefault();
    ask(supposed);
  };
  const text = (name: keyof Supposed, label: string, more: object = {}): VNode =>
    html`<${TextField} label=${label} value=${supposed[name]} onInput=${(value: string) => set({ [name]: value.trim() })} autocomplete="off" spellcheck=${false} ...${more} />`;
  const choice = (name: 'protocol' | 'method', label: string, choices: readonly string[]): VNode => {
    const control = (names: ControlNames): VNode => html`<select ...${names} required value=${supposed[name]}
      onChange=${(event: Event) => set({ [name]: typedIn(event) })}>
      ${name === 'protocol' ? html`<option value="" disabled>Choose one</option>` : null}
      ${choices.map((one) => html`<option value=${one}>${one}</option>`)}
    </select>`;
    return html`<${Field} label=${label} control=${control} />`;
  };
  const list = (id: 'functions' | 'users' | 'services'): VNode =>
    html`<datalist id=${`supposed-${id}`}>${suggestions(id)
      .filter((one) => !one.includes('*'))
      .map((one) => html`<option value=${one} />`)}</datalist>`;
  return html`<form class="supposed" onSubmit=${submit}>
    <div class="form-grid">
      ${text('function', 'Function', { required: true, list: 'supposed-functions' })}
      ${choice(
        'protocol',
        'Protocol',
        session.protocols.map(({ name }) => name),
      )}
      ${text('key', 'Key', { optional: true, hint: 'Its id.' })}
      ${text('user', 'User', { optional: true, list: 'supposed-users' })}
      ${text('from', 'Address', { optional: true, hint: 'This machine if left out.' })}
    </div>
    <details open=${initial.service !== '' || initial.origin !== '' || initial.host !== '' || !initial.https || initial.method !== 'POST'}>
      <summary>More: token, service, host, origin, method, HTTPS</summary>
      <div class="form-grid">
        ${text('token', 'Token', { optional: true, type: 'password', autocomplete: 'off', hint: 'Its number, or itself.' })}
        ${text('service', 'Service', { optional: true, list: 'supposed-services' })}
        ${text('host', 'Host', { optional: true })}
        ${text('origin', 'Origin of the calling page', { optional: true, placeholder: 'https://www.example.org' })}
        ${choice('method', 'Method', ['POST', 'GET', 'HEAD'])}
        <div class="field"><label class="check"><input type="checkbox" checked=${supposed.https} onChange=${() => set({ https: !supposed.https })} /> It comes by HTTPS</label></div>
      </div>
    </details>
    ${list('functions')}${list('users')}${list('services')}
    <p class="row"><button class="button button-main">Explain</button></p>
  </form>`;
}

/** What the gates say of a supposed call. */
export function ExplainedCall({ supposed }: { readonly supposed: Supposed }): VNode {
  const called = useCall<Explanation>('admin.explain', paramsOfSupposed(supposed));
  return called.value === undefined
    ? html`<${Waiting} called=${called} what="what the gates say" />`
    : html`<${GateList} explanation=${called.value} facts=${factsOf(supposed)} />`;
}
