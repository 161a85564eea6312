import type { VNode } from 'preact';
import { html } from '../html.ts';
import { CredentialPicker } from './credential-picker.ts';
import { FieldView } from './form/field-view.ts';
import type { Bench } from './use-bench.ts';

/** The parameters as a form, who calls, and the button. */
export function FormPanel({ bench }: { readonly bench: Bench }): VNode {
  const { fn, form, problems, changeOf, touch, run, busy } = bench;
  const params = Object.entries(fn.params);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy) run();
  };
  const left = (event: FocusEvent): void => {
    const path = (event.target as Element).closest<HTMLElement>('[data-path]')?.dataset['path'];
    if (path !== undefined) touch(path);
  };
  const general = problems.get('');
  return html`<form class="bench-form" onSubmit=${submit} onFocusOut=${left} noValidate aria-label="Parameters">
    <${Examples} bench=${bench} />
    ${params.length === 0 ? html`<p class="muted">It takes no parameters.</p>` : null}
    ${params.map(
      ([
        name,
        param,
      ]) => html`<${FieldView} key=${name} label=${name} descriptor=${param} state=${form[name]} path=${name}
        problems=${problems} change=${changeOf(name)} />`,
    )}
    ${general === undefined ? null : html`<p class="problem">${general}</p>`}
    <${CredentialPicker} bench=${bench} />
    <${Run} bench=${bench} />
  </form>`;
}

/** The button, which keeps the focus while it waits, and what is to be known before it is pressed. */
function Run({ bench: { fn, way, busy, stop } }: { readonly bench: Bench }): VNode {
  return html`<div class="bench-run">
    <button class="button button-main" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Calling …' : 'Call it'}</button>
    ${busy ? html`<button type="button" class="button" onClick=${stop}>Stop waiting</button>` : null}
    <span class="muted">${way.name === 'console' ? 'by this console' : `over ${way.title}`}</span>
    ${fn.effect === 'write' ? html`<span class="pill pill-warn">this changes something</span>` : null}
  </div>`;
}

/** The examples that the form can be filled with. */
function Examples({ bench: { fn, fill } }: { readonly bench: Bench }): VNode | null {
  if (fn.examples.length === 0 || Object.keys(fn.params).length === 0) return null;
  const several = fn.examples.length > 1;
  return html`<div class="row examples" role="group" aria-label="Fill the form">
    ${fn.examples.map(
      ({ description, params }, i) => html`<button type="button" class="button button-small" title=${description}
        onClick=${() => fill(params)}>${description ?? (several ? `Example ${i + 1}` : 'Example')}</button>`,
    )}
    <button type="button" class="button button-small button-quiet" onClick=${() => fill(undefined)}>Empty</button>
  </div>`;
}
