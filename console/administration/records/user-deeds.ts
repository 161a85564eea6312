import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Dialog } from '../../parts/dialog.ts';
import { changing, type DialogProps, deed, removing } from './deeds.ts';
import type { FieldSpec, FormValues } from './form-fields.ts';
import { valuesOf } from './form-fields.ts';
import { addressField, quotaFields, validityFields } from './limit-fields.ts';
import { RecordForm } from './record-form.ts';
import type { Deed } from './record-page.ts';
import type { RecordProps } from './records-section.ts';

/** A user, as `admin.list_users` has it. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state: 'active' | 'suspended' | 'unconfirmed';
  readonly has_password: boolean;
  readonly valid_from?: string;
  readonly valid_until?: string;
  readonly per_minute?: number;
  readonly per_day?: number;
  readonly addresses: readonly string[];
  readonly created: string;
}

const changeFields: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true },
  ...validityFields,
  ...quotaFields,
  addressField,
];
const passwordField: readonly FieldSpec[] = [
  { name: 'password', kind: 'password', label: 'New password', required: true, hint: 'At least 8 characters.' },
];

function SetPassword({ record: { username }, reload, close }: DialogProps<User>): VNode {
  const send = async ({ password }: FormValues): Promise<void> => {
    await call('admin.set_password', { username, password });
    reload();
    close();
  };
  return html`<${Dialog} title=${`A new password for ${username}`} close=${close}>
    <${RecordForm} fields=${passwordField} initial=${valuesOf(passwordField)} action="Set the password" send=${send} cancel=${close}>
      <p>The old password ends, and all browsers in which ${username} is signed in are signed out. Tokens and app passwords go on working.</p>
    <//>
  <//>`;
}

function TakePassword({ record: { username }, reload, close }: DialogProps<User>): VNode {
  const work = (): Promise<unknown> => call('admin.set_password', { username, password: null }).then(reload);
  return html`<${Confirm} title=${`Take the password of ${username} away?`} action="Take it away" work=${work} close=${close}>
    <p>${username} can no longer sign in by a password, and is signed out everywhere. Tokens and app passwords go on working.</p>
  <//>`;
}

function Suspend({ record: { username }, reload, close }: DialogProps<User>): VNode {
  const work = (): Promise<unknown> => call('admin.update_user', { username, state: 'suspended' }).then(reload);
  return html`<${Confirm} title=${`Suspend ${username}?`} action="Suspend the user" work=${work} close=${close}>
    <p>${username} cannot sign in, and no token, app password or session of ${username} works until the user is made active again.</p>
  <//>`;
}

function Activate({ record: { username }, reload, close }: DialogProps<User>): VNode {
  const work = (): Promise<unknown> => call('admin.update_user', { username, state: 'active' }).then(reload);
  return html`<${Confirm} title=${`Make ${username} active?`} action="Make the user active" tone="main" work=${work} close=${close}>
    <p>What ${username} holds and what has not ended works again.</p>
  <//>`;
}

/** What can be done with a user. */
export function userDeeds(props: RecordProps<User>): readonly Deed[] {
  const { username, has_password: hasPassword, state } = props.record;
  return [
    changing('user', username, changeFields, { username }, props),
    deed('Set password', SetPassword, props),
    ...(hasPassword ? [deed('Take password away', TakePassword, props)] : []),
    state === 'active' ? deed('Suspend', Suspend, props, 'bad') : deed('Make active', Activate, props),
    removing(
      'user',
      username,
      { username },
      html`<p>All roles, tokens, sessions and app passwords of ${username} go too: every program that calls as ${username} is refused. It cannot be undone.</p>`,
      props.reload,
    ),
  ];
}
