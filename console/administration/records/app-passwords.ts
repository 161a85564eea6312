import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { type ControlNames, Field } from '../../parts/field.ts';
import { Empty, Waiting } from '../../parts/notice.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { go, pathTo, type Route } from '../../route.ts';
import { useCall } from '../../use-call.ts';
import { Moment, StandingPill } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { validityFields } from './limit-fields.ts';
import { MakeDialog } from './make-dialog.ts';
import { Deeds } from './record-page.ts';
import type { Issued } from './secret-dialog.ts';

/** A password of an application, as `admin.list_app_passwords` has it. */
interface AppPassword {
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly valid_from?: string;
  readonly valid_until?: string;
  readonly created: string;
  readonly revoked?: string;
}

const fields: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'The application that will use it.' },
  ...validityFields,
];

function issuedOf({
  app_password: made,
  secret,
}: {
  readonly app_password: AppPassword;
  readonly secret: string;
}): Issued {
  return {
    title: `The app password ${made.name} of ${made.user}`,
    secret,
    use: `The application logs in as ${made.user} with it: WS-Security UsernameToken, as text or as a digest.`,
  };
}

/** Passwords of applications: those of one user at a time. */
export function AppPasswordsSection({ route }: { readonly route: Route }): VNode {
  const users = useCall<readonly { readonly username: string; readonly name: string }[]>('admin.list_users');
  const user = route.segments[2] ?? '';
  const choose = (event: Event): void => go(pathTo('administration', 'app-passwords', typedIn(event)));
  const control = (names: ControlNames): VNode => html`<select ...${names} value=${user} onChange=${choose}>
    <option value="" disabled>Choose a user</option>
    ${(users.value ?? []).map(({ username, name }) => html`<option value=${username}>${username}${name === username ? '' : ` (${name})`}</option>`)}
  </select>`;
  return html`<h1>App passwords</h1>
    <p class="muted intro">A password for one application of a user, for SOAP clients that log in by WS-Security. It cannot be used to sign in here.</p>
    ${users.value === undefined ? html`<${Waiting} called=${users} what="the users" />` : html`<div class="narrow-field"><${Field} label="User" control=${control} /></div>`}
    ${user === '' ? null : html`<${AppPasswordsOf} key=${user} user=${user} />`}`;
}

/** The passwords of applications of one user. */
export function AppPasswordsOf({ user }: { readonly user: string }): VNode {
  const called = useCall<readonly AppPassword[]>('admin.list_app_passwords', { user });
  if (called.value === undefined) return html`<${Waiting} called=${called} what="the app passwords" />`;
  const making = {
    label: 'New app password',
    dialog: (
      close: () => void,
    ) => html`<${MakeDialog} title=${`New app password of ${user}`} action="Make the app password" fields=${fields}
      name="admin.create_app_password" fixed=${{ user }} issued=${issuedOf} made=${called.reload} close=${close} />`,
  };
  return html`<div class="title-row"><h2>App passwords of ${user}</h2><${Deeds} deeds=${[making]} /></div>
    ${
      called.value.length === 0
        ? html`<${Empty} title=${`${user} has no app password`} />`
        : html`<div class="table-scroll"><table class="records">
          <thead><tr><th scope="col">Application</th><th scope="col">State</th><th scope="col">Ends</th><th scope="col">Made</th><th scope="col"><span class="visually-hidden">What can be done</span></th></tr></thead>
          <tbody>${called.value.map((one) => html`<${Row} key=${one.id} record=${one} reload=${called.reload} />`)}</tbody>
        </table></div>`
    }`;
}

function Row({ record, reload }: { readonly record: AppPassword; readonly reload: () => void }): VNode {
  const revoke = {
    label: 'Revoke',
    tone: 'bad' as const,
    dialog: (
      close: () => void,
    ) => html`<${Confirm} title=${`Revoke ${record.name}?`} action="Revoke the app password" close=${close}
      work=${() => call('admin.revoke_app_password', { id: record.id }).then(reload)}>
      <p>${record.name} can no longer log in as ${record.user}. It cannot be brought back.</p>
    <//>`,
  };
  return html`<tr>
    <th scope="row">${record.name}</th>
    <td data-label="State"><${StandingPill} record=${record} /></td>
    <td data-label="Ends"><${Moment} at=${record.valid_until} /></td>
    <td data-label="Made"><${Moment} at=${record.created} /></td>
    <td>${record.revoked === undefined ? html`<${Deeds} deeds=${[revoke]} small />` : null}</td>
  </tr>`;
}
