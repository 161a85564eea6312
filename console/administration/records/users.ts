import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { pathTo, withQuery } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { AppPasswordsOf } from './app-passwords.ts';
import { Facts, Items, Moment, validityFacts } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { addressField, quotaFields, validityFields } from './limit-fields.ts';
import { Deeds, RecordHead } from './record-page.ts';
import { type RecordProps, recordsSection } from './records-section.ts';
import { quotaText } from './standing.ts';
import { type User, userDeeds } from './user-deeds.ts';
import { UserRoles } from './user-roles.ts';

const fields: readonly FieldSpec[] = [
  {
    name: 'username',
    kind: 'text',
    label: 'User name',
    required: true,
    hint: 'To sign in by: letters, digits and _ . @ + -',
  },
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'What people know the user by.' },
  {
    name: 'password',
    kind: 'password',
    label: 'Password',
    hint: 'Without one the user cannot sign in here, and can still have tokens.',
  },
  {
    name: 'state',
    kind: 'choice',
    label: 'State',
    required: true,
    more: true,
    choices: [
      ['active', 'Active'],
      ['suspended', 'Suspended'],
      ['unconfirmed', 'Unconfirmed'],
    ],
  },
  ...[...validityFields, ...quotaFields, addressField].map((field) => ({ ...field, more: true })),
];

/** Users and what they may do. */
export const UsersSection = recordsSection<User>({
  section: 'users',
  title: 'Users',
  one: 'user',
  intro: 'People, and programs that act in their own name. What a user may do comes from roles.',
  idOf: ({ username }) => username,
  nameOf: ({ username }) => username,
  nameTitle: 'User name',
  textOf: ({ name, state }) => `${name} ${state}`,
  countedOf: (user) => user,
  columns: [
    { title: 'Name', cell: ({ name }) => name },
    { title: 'Password', cell: ({ has_password: has }) => (has ? 'yes' : html`<span class="muted">none</span>`) },
    { title: 'Made', cell: ({ created }) => html`<${Moment} at=${created} />` },
  ],
  list: 'admin.list_users',
  make: { name: 'admin.create_user', action: 'Add the user', fields },
  page: UserPage,
});

function UserPage(props: RecordProps<User>): VNode {
  const user = props.record;
  const { session } = useSession();
  const { username } = user;
  const tokens = withQuery(pathTo('administration', 'tokens'), { find: username });
  return html`<${RecordHead} name=${username} counted=${user}><${Deeds} deeds=${userDeeds(props)} /><//>
    <${Facts} facts=${[
      ['Name', user.name],
      ['Password', user.has_password ? 'yes' : html`<span class="muted">none: cannot sign in here</span>`],
      ['Calls', quotaText(user.per_minute, user.per_day)],
      ['Addresses', html`<${Items} items=${user.addresses} none="all" />`],
      ...validityFacts(user),
      ['Made', html`<${Moment} at=${user.created} />`],
    ]} />
    ${may(session, 'admin:tokens') ? html`<p><a href=${tokens}>Tokens of ${username}</a></p>` : null}
    <${UserRoles} username=${username} />
    <${AppPasswordsOf} user=${username} />`;
}
