import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Dialog } from '../../parts/dialog.ts';
import { changesOf, type FieldSpec, paramsOf, valuesOf } from './form-fields.ts';
import { RecordForm } from './record-form.ts';
import { type Issued, SecretDialog } from './secret-dialog.ts';

/** Makes something by a form, and shows its secret if it has one. */
export function MakeDialog<R>({
  title,
  action,
  fields,
  name,
  fixed = {},
  issued,
  made,
  close,
}: {
  readonly title: string;
  readonly action: string;
  readonly fields: readonly FieldSpec[];
  /** The function that makes it. */
  readonly name: string;
  /** Parameters that the form does not ask for. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** The secret in the answer. */
  readonly issued?: (answer: R) => Issued;
  readonly made: () => void;
  readonly close: () => void;
}): VNode {
  const [secret, setSecret] = useState<Issued | undefined>(undefined);
  const done = (): void => {
    made();
    close();
  };
  if (secret !== undefined) return html`<${SecretDialog} issued=${secret} close=${done} />`;
  const send = async (values: Parameters<typeof paramsOf>[1]): Promise<void> => {
    const answer = await call<R>(name, { ...paramsOf(fields, values), ...fixed });
    if (issued === undefined) done();
    else setSecret(issued(answer)); // the list is asked for afterwards: should that fail, the secret is not lost
  };
  return html`<${Dialog} title=${title} close=${close}>
    <${RecordForm} fields=${fields} initial=${valuesOf(fields)} action=${action} send=${send} cancel=${close} />
  <//>`;
}

/** Changes what a form has changed of a record, and nothing else. */
export function ChangeDialog({
  title,
  fields,
  name,
  record,
  named,
  made,
  close,
}: {
  readonly title: string;
  readonly fields: readonly FieldSpec[];
  /** The function that changes it. */
  readonly name: string;
  readonly record: object;
  /** The parameters that name the record. */
  readonly named: Readonly<Record<string, unknown>>;
  readonly made: () => void;
  readonly close: () => void;
}): VNode {
  const held = record as Readonly<Record<string, unknown>>;
  const send = async (values: Parameters<typeof changesOf>[1]): Promise<void> => {
    const changes = changesOf(fields, values, held);
    if (Object.keys(changes).length > 0) {
      await call(name, { ...changes, ...named });
      made();
    }
    close();
  };
  return html`<${Dialog} title=${title} close=${close}>
    <${RecordForm} fields=${fields} initial=${valuesOf(fields, held)} action="Save" send=${send} cancel=${close} />
  <//>`;
}
