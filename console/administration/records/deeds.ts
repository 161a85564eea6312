import type { ComponentChildren, VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { go, pathTo } from '../../route.ts';
import type { FieldSpec } from './form-fields.ts';
import { ChangeDialog } from './make-dialog.ts';
import type { Deed } from './record-page.ts';
import type { RecordProps } from './records-section.ts';

/** What the dialog of a record is given. */
export interface DialogProps<R> extends RecordProps<R> {
  readonly close: () => void;
}

/** A button that opens a dialog of a record. */
export function deed<R>(
  label: string,
  View: (props: DialogProps<R>) => VNode,
  props: RecordProps<R>,
  tone?: 'bad',
): Deed {
  return {
    label,
    ...(tone === undefined ? {} : { tone }),
    dialog: (close) => html`<${View} ...${props} close=${close} />`,
  };
}

/** Changes a record by a form, with the function `admin.update_…`. */
export function changing(
  one: 'key' | 'token' | 'user' | 'role' | 'service',
  title: string,
  fields: readonly FieldSpec[],
  named: Readonly<Record<string, unknown>>,
  { record, reload }: RecordProps<object>,
): Deed {
  return {
    label: 'Change',
    dialog: (close) =>
      html`<${ChangeDialog} title=${`Change ${title}`} fields=${fields} name=${`admin.update_${one}`} record=${record} named=${named} made=${reload} close=${close} />`,
  };
}

/** Removes a record with `admin.remove_…`, after a question that tells what goes with it. */
export function removing(
  one: 'user' | 'role' | 'service',
  title: string,
  named: Readonly<Record<string, unknown>>,
  told: ComponentChildren,
  reload: () => void,
): Deed {
  const work = async (): Promise<void> => {
    await call(`admin.remove_${one}`, named);
    go(pathTo('administration', `${one}s`), true);
    reload();
  };
  return {
    label: 'Remove',
    tone: 'bad',
    dialog: (close) =>
      html`<${Confirm} title=${`Remove ${title}?`} action=${`Remove the ${one}`} work=${work} close=${close}>${told}<//>`,
  };
}
