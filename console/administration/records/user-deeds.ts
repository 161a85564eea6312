import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Dialog } from '../../parts/dialog.ts';
import { go, pathTo } from '../../route.ts';
import type { FieldSpec, FormValues } from './form-fields.ts';
import { valuesOf } from './form-fields.ts';
import { quotaFields, validityFields } from './limit-fields.ts';
import { ChangeDialog } from './make-dialog.ts';
import { RecordForm } from './record-form.ts';
import type { Deed } from './record-page.ts';

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
  readonly created: string;
}

const changing: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true },
  ...validityFields,
  ...quotaFields,
];
const passwordField: readonly FieldSpec[] = [
  { name: 'password', kind: 'password', label: 'New password', required: true, hint: 'At least 8 characters.' },
];

interface DeedProps {
  readonly user: User;
  readonly reload: () => void;
  readonly close: () => void;
}

function SetPassword({ user: { username }, reload, close }: DeedProps): VNode {
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

function TakePassword({ user: { username }, reload, close }: DeedProps): VNode {
  const work = (): Promise<unknown> => call('admin.set_password', { username, password: null }).then(reload);
  return html`<${Confirm} title=${`Take the password of ${username} away?`} action="Take it away" work=${work} close=${close}>
    <p>${username} can no longer sign in by a password, and is signed out everywhere. Tokens and app passwords go on working.</p>
  <//>`;
}

function Suspend({ user: { username }, reload, close }: DeedProps): VNode {
  const work = (): Promise<unknown> => call('admin.update_user', { username, state: 'suspended' }).then(reload);
  return html`<${Confirm} title=${`Suspend ${username}?`} action="Suspend the user" work=${work} close=${close}>
    <p>${username} cannot sign in, and no token, app password or session of ${username} works until the user is made active again.</p>
  <//>`;
}

function Activate({ user: { username }, reload, close }: DeedProps): VNode {
  const work = (): Promise<unknown> => call('admin.update_user', { username, state: 'active' }).then(reload);
  return html`<${Confirm} title=${`Make ${username} active?`} action="Make the user active" tone="main" work=${work} close=${close}>
    <p>What ${username} holds and what has not ended works again.</p>
  <//>`;
}

function Remove({ user: { username }, reload, close }: DeedProps): VNode {
  const work = async (): Promise<void> => {
    await call('admin.remove_user', { username });
    go(pathTo('administration', 'users'), true);
    reload();
  };
  return html`<${Confirm} title=${`Remove ${username}?`} action="Remove the user" work=${work} close=${close}>
    <p>All roles, tokens, sessions and app passwords of ${username} go too: every program that calls as ${username} is refused. It cannot be undone.</p>
  <//>`;
}

/** What can be done with a user. */
export function userDeeds(user: User, reload: () => void): readonly Deed[] {
  const deed = (label: string, View: (props: DeedProps) => VNode, tone?: 'bad'): Deed => ({
    label,
    ...(tone === undefined ? {} : { tone }),
    dialog: (close) => html`<${View} user=${user} reload=${reload} close=${close} />`,
  });
  const { username } = user;
  return [
    {
      label: 'Change',
      dialog: (close) =>
        html`<${ChangeDialog} title=${`Change ${username}`} fields=${changing} name="admin.update_user" record=${user} named=${{ username }} made=${reload} close=${close} />`,
    },
    deed('Set password', SetPassword),
    ...(user.has_password ? [deed('Take password away', TakePassword)] : []),
    user.state === 'active' ? deed('Suspend', Suspend, 'bad') : deed('Make active', Activate),
    deed('Remove', Remove, 'bad'),
  ];
}
