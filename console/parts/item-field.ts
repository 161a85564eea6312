import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { type ControlNames, Field } from './field.ts';
import { typedIn } from './typed-in.ts';

/** A field of several short texts: each is added by Enter or a comma and can be taken away. */
export function ItemField({
  label,
  items,
  onChange,
  suggestions = [],
  hint,
  problem,
  optional,
}: {
  readonly label: string;
  readonly items: readonly string[];
  readonly onChange: (items: readonly string[]) => void;
  readonly suggestions?: readonly string[];
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
}): VNode {
  const [text, setText] = useState('');
  const list = useId();
  const add = (): void => {
    const added = text.split(/[\s,;]+/).filter((one) => one !== '' && !items.includes(one));
    if (added.length > 0) onChange([...items, ...added]);
    setText('');
  };
  const keys = (event: KeyboardEvent): void => {
    if ((event.key === 'Enter' && text !== '') || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '' && items.length > 0) onChange(items.slice(0, -1));
  };
  const heard = (event: Event): void => setText(typedIn(event));
  const control = (names: ControlNames): VNode => html`<div class="chips">
    ${items.map(
      (item) => html`<span class="chip" key=${item}><span>${item}</span>
        <button type="button" aria-label=${`Remove ${item}`} onClick=${() => onChange(items.filter((one) => one !== item))}>✕</button></span>`,
    )}
    <input ...${names} value=${text} list=${list} autocomplete="off" spellcheck=${false} onInput=${heard} onKeyDown=${keys} onBlur=${add} />
    <datalist id=${list}>${suggestions.filter((one) => !items.includes(one)).map((one) => html`<option value=${one} />`)}</datalist>
  </div>`;
  return html`<${Field} label=${label} hint=${hint} problem=${problem} optional=${optional} control=${control} />`;
}

/** Several of a few known words, each with a box to tick. */
export function PickField({
  label,
  known,
  picked,
  onChange,
  hint,
  problem,
}: {
  readonly label: string;
  readonly known: readonly string[];
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
  readonly hint?: string;
  readonly problem?: string | undefined;
}): VNode {
  const words = [...new Set([...known, ...picked])];
  const turn = (word: string): void =>
    onChange(picked.includes(word) ? picked.filter((one) => one !== word) : [...picked, word]);
  return html`<fieldset class="field picks">
    <legend>${label}</legend>
    <div class="picks-list">
      ${words.map(
        (word) =>
          html`<label key=${word}><input type="checkbox" checked=${picked.includes(word)} onChange=${() => turn(word)} /> ${word}</label>`,
      )}
    </div>
    ${hint ? html`<p class="hint">${hint}</p>` : null}
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
  </fieldset>`;
}
