import type { VNode } from 'preact';
import { type Descriptor, type Fields, type ObjectDescriptor, unwrap } from '../../lib/descriptor.ts';
import { html } from '../html.ts';
import type { Described, DescribedError } from './described.ts';
import { defaultText, deprecationOf, descriptionOf, isSecret, limitWords, typeWords } from './words.ts';

/** Parameters, result and errors in tables. */
export function Reference({ fn, about }: Described): VNode {
  return html`
    <section><h2>Parameters</h2>
      ${Object.keys(fn.params).length === 0 ? html`<p class="muted">None.</p>` : html`<${FieldsTable} fields=${fn.params} label="Parameters" />`}
    </section>
    <section><h2>Result</h2><${Result} returns=${fn.returns} /></section>
    <section><h2>Errors</h2><${Errors} fn=${fn} errors=${about.errors} /></section>`;
}

function Result({ returns }: { readonly returns: Descriptor | undefined }): VNode {
  if (returns === undefined) return html`<p class="muted">Nothing.</p>`;
  const object = objectWithin(returns);
  return html`<p>${typeWords(returns)} <span class="muted">${descriptionOf(returns) ?? ''}</span></p>
    ${object === undefined ? null : html`<${FieldsTable} fields=${object.fields} label="Fields of the result" />`}`;
}

/** The object that a value is, or holds in a list or map. */
function objectWithin(descriptor: Descriptor): ObjectDescriptor | undefined {
  const { core } = unwrap(descriptor);
  if (core.kind === 'object') return core;
  if (core.kind === 'list') return objectWithin(core.item);
  return core.kind === 'map' ? objectWithin(core.value) : undefined;
}

function FieldsTable({ fields, label }: { readonly fields: Fields; readonly label: string }): VNode {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${label}>
    <table class="fields">
      <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">What it is</th></tr></thead>
      <tbody>${Object.entries(fields).map(([name, field]) => html`<${FieldRow} name=${name} field=${field} within=${label} />`)}</tbody>
    </table>
  </div>`;
}

/** The fields of an object, folded until they are asked for. */
function Folded({ object, within }: { readonly object: ObjectDescriptor; readonly within: string }): VNode {
  return html`<details>
    <summary>Fields of ${object.name}</summary>
    <${FieldsTable} fields=${object.fields} label=${`${within}, ${object.name}`} />
  </details>`;
}

function FieldRow({
  name,
  field,
  within,
}: {
  readonly name: string;
  readonly field: Descriptor;
  readonly within: string;
}): VNode {
  const { optional } = unwrap(field);
  const object = objectWithin(field);
  const notes = notesOf(field);
  return html`<tr>
      <td><code>${name}</code>
        ${optional ? html` <span class="pill">optional</span>` : null}
        ${isSecret(field) ? html` <span class="pill pill-warn">secret</span>` : null}
      </td>
      <td>${typeWords(field)}</td>
      <td>${descriptionOf(field) ?? ''} ${notes.length === 0 ? null : html`<span class="hint">${notes.join('; ')}</span>`}</td>
    </tr>
    ${object === undefined ? null : html`<tr class="fields-within"><td colspan="3"><${Folded} object=${object} within=${`${within}, ${name}`} /></td></tr>`}`;
}

/** Limits, default and deprecation, each in a few words. */
function notesOf(field: Descriptor): readonly string[] {
  const fallback = defaultText(field);
  const deprecated = deprecationOf(field);
  return [
    ...limitWords(field),
    ...(fallback === undefined ? [] : [`default: ${fallback === '' ? 'empty text' : fallback}`]),
    ...(deprecated === undefined ? [] : [`deprecated: ${deprecated}`]),
  ];
}

function Errors({ fn, errors }: Pick<Described, 'fn'> & { readonly errors: readonly DescribedError[] }): VNode {
  const declared = errors.filter((error) => error.declared);
  const standard = errors.filter((error) => !error.declared);
  return html`
    ${declared.length === 0 ? html`<p class="muted">It declares none of its own.</p>` : html`<${ErrorsTable} errors=${declared} fn=${fn} label="Errors of its own" />`}
    <details><summary>Errors that any call may end with (${standard.length})</summary><${ErrorsTable} errors=${standard} fn=${fn} label="Errors of any call" /></details>`;
}

function ErrorsTable({
  errors,
  fn,
  label,
}: {
  readonly label: string;
  readonly errors: readonly DescribedError[];
  readonly fn: Described['fn'];
}): VNode {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${label}>
    <table>
      <thead><tr>
        <th scope="col">Code</th><th scope="col">Number</th><th scope="col">HTTP</th><th scope="col">JSON-RPC</th>
        <th scope="col">XML-RPC</th><th scope="col">SOAP 1.1, 1.2</th><th scope="col">Data</th>
      </tr></thead>
      <tbody>${errors.map((error) => html`<${ErrorRow} error=${error} data=${fn.errors[error.code]?.data} />`)}</tbody>
    </table>
  </div>`;
}

function ErrorRow({ error, data }: { readonly error: DescribedError; readonly data: Descriptor | undefined }): VNode {
  const object = data === undefined ? undefined : objectWithin(data);
  return html`<tr>
    <td><code>${error.code}</code>${error.message === undefined ? null : html`<p class="hint">${error.message}</p>`}</td>
    <td class="number">${error.number ?? '–'}</td>
    <td class="number">${error.rest}</td>
    <td class="number">${error.jsonrpc}</td>
    <td class="number">${error.xmlrpc}</td>
    <td>${error.soap11}, ${error.soap12}</td>
    <td>${object === undefined ? '–' : html`<${Folded} object=${object} within=${error.code} />`}</td>
  </tr>`;
}
