import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Empty, Waiting } from '../../parts/notice.ts';
import { useCall } from '../../use-call.ts';
import { Items, Moment, StandingPill } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { scopeFields, validityFields } from './limit-fields.ts';
import { MakeDialog } from './make-dialog.ts';
import { Deeds } from './record-page.ts';

interface ServiceUser {
  readonly user: string;
  readonly addresses: readonly string[];
  readonly valid_from?: string;
  readonly valid_until?: string;
}

const fields: readonly FieldSpec[] = [
  {
    name: 'user',
    kind: 'text',
    label: 'User',
    required: true,
    suggest: 'users',
    hint: 'One who is listed already gets these limits in place of the old ones.',
  },
  ...validityFields,
  ...scopeFields.filter(({ name }) => name === 'addresses'),
];

/** The users whom a service lists: those alone may use it if it is restricted. */
export function ServiceUsers({
  service,
  restricted,
}: {
  readonly service: string;
  readonly restricted: boolean;
}): VNode {
  const called = useCall<{ readonly users: readonly ServiceUser[] }>('admin.show_service', { name: service });
  if (called.value === undefined) return html`<${Waiting} called=${called} what="the users" />`;
  const add = {
    label: 'Add a user',
    dialog: (
      close: () => void,
    ) => html`<${MakeDialog} title=${`Add a user to ${service}`} action="Add the user" fields=${fields} name="admin.add_service_user"
      fixed=${{ service }} made=${called.reload} close=${close} />`,
  };
  return html`<div class="title-row"><h2>Listed users</h2><${Deeds} deeds=${[add]} /></div>
    ${restricted ? null : html`<p class="muted">The service is not restricted: the list counts only when it is.</p>`}
    ${
      called.value.users.length === 0
        ? html`<${Empty} title="No user is listed">${restricted ? html`<p>Nobody may use the service.</p>` : null}<//>`
        : html`<div class="table-scroll"><table class="records">
          <thead><tr><th scope="col">User</th><th scope="col">State</th><th scope="col">Addresses</th><th scope="col">Ends</th><th scope="col"><span class="visually-hidden">What can be done</span></th></tr></thead>
          <tbody>${called.value.users.map((one) => html`<${Row} key=${one.user} service=${service} record=${one} reload=${called.reload} />`)}</tbody>
        </table></div>`
    }`;
}

function Row({
  service,
  record,
  reload,
}: {
  readonly service: string;
  readonly record: ServiceUser;
  readonly reload: () => void;
}): VNode {
  const { user, addresses, valid_until: until } = record;
  const remove = {
    label: 'Take off',
    tone: 'bad' as const,
    dialog: (
      close: () => void,
    ) => html`<${Confirm} title=${`Take ${user} off ${service}?`} action="Take the user off" close=${close}
      work=${() => call('admin.remove_service_user', { service, user }).then(reload)}>
      <p>While ${service} is restricted, calls of ${user} to it and tokens of ${user} for it are refused.</p>
    <//>`,
  };
  return html`<tr>
    <th scope="row">${user}</th>
    <td data-label="State"><${StandingPill} record=${record} /></td>
    <td data-label="Addresses"><${Items} items=${addresses} none="all" /></td>
    <td data-label="Ends"><${Moment} at=${until} /></td>
    <td><${Deeds} deeds=${[remove]} small /></td>
  </tr>`;
}
