import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { typedIn } from '../parts/typed-in.ts';
import { useSession } from '../session.ts';
import { useCall } from '../use-call.ts';
import type { Change } from './toolbar.ts';
import { filterNames, isFiltered, type View } from './view.ts';

const codes = [
  'ok',
  'errors',
  'invalid-params',
  'unauthenticated',
  'invalid-credentials',
  'forbidden',
  'rate-limited',
  'quota-exceeded',
  'unknown-function',
  'timeout',
  'internal',
  'unavailable',
];

/** Narrows everything to some calls: by function, protocol, caller and outcome. */
export function FilterBar({ view, change }: { readonly view: View; readonly change: Change }): VNode {
  const { protocols } = useSession().session;
  const functions = useCall<readonly { readonly name: string }[]>('console.functions').value ?? [];
  const [open, setOpen] = useState(() => isFiltered(view));
  const id = useId();
  return html`<button type="button" class="button filters-button" aria-expanded=${open ? 'true' : 'false'} aria-controls=${id}
      onClick=${() => setOpen(!open)}>Filters${isFiltered(view) ? ' (on)' : ''}</button>
    <div class=${open ? 'filters' : 'filters filters-closed'} id=${id} role="group" aria-label="Filters">
      <${Filter} label="Function" value=${view.function} known=${functions.map(({ name }) => name)} hint="all"
        set=${(text: string) => change({ function: text })} />
      <${ProtocolFilter} view=${view} names=${protocols.map(({ name }) => name)} change=${change} />
      <${Filter} label="Caller" value=${view.caller} hint="user:name or key:id"
        set=${(text: string) => change({ caller: text })} />
      <${Filter} label="Outcome" value=${view.code} known=${codes} hint="ok, errors or a code"
        set=${(text: string) => change({ code: text })} />
      <label class="filter-inside"><input type="checkbox" checked=${view.inside}
        onChange=${() => change({ inside: !view.inside })} /> Console and command line too</label>
      <button type="button" class="button" disabled=${!isFiltered(view)}
        onClick=${() => change(Object.fromEntries(filterNames.map((name) => [name, ''])))}>Clear</button>
    </div>`;
}

function ProtocolFilter({
  view,
  names,
  change,
}: {
  readonly view: View;
  readonly names: readonly string[];
  readonly change: Change;
}): VNode {
  const known = view.protocol === '' || names.includes(view.protocol) ? names : [...names, view.protocol];
  const choose = (event: Event): void => change({ protocol: typedIn(event) });
  return html`<label class="filter">Protocol
    <select value=${view.protocol} onChange=${choose}>
      <option value="">all</option>
      ${known.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
    </select>
  </label>`;
}

/** A field with proposals, which counts when it is left or Enter is pressed. */
function Filter({
  label,
  value,
  known = [],
  hint,
  set,
}: {
  readonly label: string;
  readonly value: string;
  readonly known?: readonly string[];
  readonly hint: string;
  readonly set: (text: string) => void;
}): VNode {
  const id = useId();
  const heard = (event: Event): void => set(typedIn(event).trim());
  return html`<label class="filter">${label}
    <input type="search" list=${id} value=${value} placeholder=${hint} maxlength="200" autocomplete="off"
      spellcheck="false" onChange=${heard} />
    <datalist id=${id}>${known.map((one) => html`<option key=${one} value=${one}></option>`)}</datalist>
  </label>`;
}
