import type { VNode } from 'preact';
import { toBase64 } from '../../../lib/base64.ts';
import { html } from '../../html.ts';
import type { ControlNames } from '../../parts/field.ts';
import type { Change } from './field-props.ts';
import type { FieldState } from './field-state.ts';

/** Bytes: as base64 text, or out of a file. */
export function BytesControl({
  names,
  state,
  change,
}: {
  readonly names: ControlNames;
  readonly state: FieldState;
  readonly change: Change;
}): VNode {
  const choose = async (event: Event): Promise<void> => {
    const [file] = (event.currentTarget as HTMLInputElement).files ?? [];
    if (file === undefined) return;
    const text = toBase64(new Uint8Array(await file.arrayBuffer()));
    change((last) => ({ ...last, text, file: { name: file.name, size: file.size }, sent: true, isNull: false }));
  };
  const typed = (event: Event): void => {
    const { value } = event.currentTarget as HTMLTextAreaElement;
    change(({ file: _, ...last }) => ({ ...last, text: value.replace(/\s+/g, ''), sent: true, isNull: false }));
  };
  const clear = (): void => change(({ file: _, ...last }) => ({ ...last, text: '' }));
  const { file } = state;
  return html`<div class="bytes">
    ${
      file !== undefined && state.sent
        ? html`<p class="control-row">
          <span class="bytes-file"><strong>${file.name}</strong> ${file.size.toLocaleString('en')} bytes</span>
          <button type="button" class="button button-small" ...${names} onClick=${clear}>Take it out</button>
        </p>`
        : html`<textarea ...${names} rows="2" placeholder="base64" spellcheck=${false} onInput=${typed}
          value=${state.sent && !state.isNull ? state.text : ''}></textarea>`
    }
    <label class="button button-small file-button">
      <input type="file" class="visually-hidden" onChange=${choose} />Choose a file …
    </label>
  </div>`;
}
