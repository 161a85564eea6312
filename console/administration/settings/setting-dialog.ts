import type { VNode } from 'preact';
import { CallFailure, call, type Failure } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Dialog } from '../../parts/dialog.ts';
import { Notice } from '../../parts/notice.ts';
import type { FormValues } from '../records/form-fields.ts';
import { RecordForm } from '../records/record-form.ts';
import {
  cautionOf,
  changesFor,
  defaultsFor,
  fieldsOf,
  formOf,
  type KnownSetting,
  NoJson,
  settingTitle,
  valueText,
} from './setting-edit.ts';

interface DialogProps {
  readonly settings: readonly KnownSetting[];
  readonly reload: () => void;
  readonly close: () => void;
}

/** What was refused, with paths as the form's fields are called. */
function refusalOf(failure: Failure): Failure {
  const issues = (failure.issues ?? []).map((issue) => ({ ...issue, path: issue.path.replace(/^changes\//, '') }));
  return { ...failure, issues };
}

async function update(changes: () => Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await call('admin.update_settings', { changes: changes() });
  } catch (reason) {
    if (reason instanceof CallFailure) throw new CallFailure(refusalOf(reason.failure));
    if (!(reason instanceof NoJson)) throw reason;
    throw new CallFailure({
      code: 'invalid-params',
      message: reason.message,
      issues: [{ path: reason.setting, code: 'type', message: 'must be JSON' }],
    });
  }
}

/** Changes a setting, or a group of them that stands as a whole. */
export function ChangeSettings({
  settings,
  held,
  reload,
  close,
}: DialogProps & { readonly held: Readonly<Record<string, unknown>> }): VNode {
  const send = async (values: FormValues): Promise<void> => {
    await update(() => changesFor(settings, values));
    reload();
    close();
  };
  const [first] = settings;
  const title = settings.length === 1 ? settingTitle(first?.name ?? '') : (first?.name.split('/')[0] ?? '');
  const cautions = settings.flatMap(({ name }) => cautionOf(name) ?? []);
  return html`<${Dialog} title=${`Change ${title}`} close=${close}>
    ${cautions.map((text) => html`<${Notice} tone="warn">${text}<//>`)}
    <${RecordForm} fields=${fieldsOf(settings)} initial=${formOf(settings, held)} action="Save" send=${send} cancel=${close} />
  <//>`;
}

/** Sets a setting back to its default. */
export function ResetSettings({ settings, reload, close }: DialogProps): VNode {
  const [first] = settings;
  const work = (): Promise<unknown> => update(() => defaultsFor(settings)).then(reload);
  const names = settings.map(({ name }) => settingTitle(name)).join(', ');
  return html`<${Confirm} title=${`Set ${names} back?`} action="Set it back" tone="main" work=${work} close=${close}>
    <p>${settings.length === 1 ? html`The default is <strong>${valueText(first?.default)}</strong>.` : 'None of them is set then.'}</p>
    ${settings.flatMap(({ name }) => cautionOf(name) ?? []).map((text) => html`<${Notice} tone="warn">${text}<//>`)}
  <//>`;
}
