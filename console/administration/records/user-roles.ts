import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Empty, Waiting } from '../../parts/notice.ts';
import { pathTo } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { useCall } from '../../use-call.ts';
import type { FieldSpec } from './form-fields.ts';
import { MakeDialog } from './make-dialog.ts';
import { type Deed, Deeds } from './record-page.ts';

interface Assignment {
  readonly role: string;
  readonly context: string;
}

const fields: readonly FieldSpec[] = [
  { name: 'role', kind: 'text', label: 'Role', required: true, suggest: 'roles' },
  {
    name: 'context',
    kind: 'text',
    label: 'Context',
    initial: '/',
    hint: 'Where it counts, and everywhere below: / is everywhere, /course/5 is one place.',
  },
];

const place = (context: string): string => (context === '/' ? 'everywhere' : `in ${context}`);

/** The roles of a user, given and taken away. */
export function UserRoles({ username }: { readonly username: string }): VNode {
  const { session } = useSession();
  const called = useCall<{ readonly roles: readonly Assignment[] }>('admin.show_user', { username });
  if (called.value === undefined) return html`<${Waiting} called=${called} what="the roles" />`;
  const mayGive = may(session, 'admin:roles');
  const give: readonly Deed[] = mayGive
    ? [
        {
          label: 'Give a role',
          dialog: (
            close,
          ) => html`<${MakeDialog} title=${`Give ${username} a role`} action="Give the role" fields=${fields} name="admin.assign_role"
            fixed=${{ user: username }} made=${called.reload} close=${close} />`,
        },
      ]
    : [];
  return html`<div class="title-row"><h2>Roles</h2><${Deeds} deeds=${give} /></div>
    ${
      called.value.roles.length === 0
        ? html`<${Empty} title=${`${username} has no role`}><p>Without a role only functions that ask for no capability can be called.</p><//>`
        : html`<ul class="lines">${called.value.roles.map(
            (one) => html`<li class="line" key=${`${one.role} ${one.context}`}>
              <span class="line-main"><span>${mayGive ? html`<a href=${pathTo('administration', 'roles', one.role)}>${one.role}</a>` : one.role} <span class="muted">${place(one.context)}</span></span></span>
              ${mayGive ? html`<${Deeds} deeds=${[takeAway(username, one, called.reload)]} small />` : null}
            </li>`,
          )}</ul>`
    }`;
}

function takeAway(user: string, { role, context }: Assignment, reload: () => void): Deed {
  return {
    label: 'Take away',
    tone: 'bad',
    dialog: (close) => html`<${Confirm} title=${`Take ${role} from ${user}?`} action="Take the role away" close=${close}
      work=${() => call('admin.unassign_role', { user, role, context }).then(reload)}>
      <p>${user} can no longer do ${place(context)} what only this role allows; calls that need it are refused from now on.</p>
    <//>`,
  };
}
