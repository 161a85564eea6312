import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { changing, removing } from './deeds.ts';
import { Facts, Items } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { Deeds, RecordHead } from './record-page.ts';
import { type RecordProps, recordsSection } from './records-section.ts';

/** A role, as `admin.list_roles` has it. */
interface Role {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly capabilities: readonly string[];
}

/** Whoever has this role everywhere administers the site; what it allows is fixed. */
const administrator = 'administrator';

const named: FieldSpec = {
  name: 'name',
  kind: 'text',
  label: 'Name',
  required: true,
  hint: 'Letters, digits and _ . -',
};
const description: FieldSpec = { name: 'description', kind: 'area', label: 'Description' };
const capabilities: FieldSpec = {
  name: 'capabilities',
  kind: 'list',
  label: 'Capabilities',
  suggest: 'capabilities',
  required: true,
  hint: 'What the role allows, such as user:view. Users need webservice:use and webservice:<protocol> to call from outside. * is everything. You can give only what you have.',
};

/** Roles and what they allow. */
export const RolesSection = recordsSection<Role>({
  section: 'roles',
  title: 'Roles',
  one: 'role',
  intro: 'A role is a set of capabilities. Users get roles, everywhere or in one place.',
  idOf: ({ name }) => name,
  nameOf: ({ name }) => name,
  textOf: ({ description: text, capabilities: held }) => [text, ...held].join(' '),
  countedOf: undefined,
  columns: [
    { title: 'Description', cell: ({ description: text }) => text || html`<span class="muted">none</span>` },
    { title: 'Capabilities', cell: ({ capabilities: held }) => html`<${Items} items=${held} none="none" />` },
  ],
  list: 'admin.list_roles',
  make: { name: 'admin.create_role', action: 'Add the role', fields: [named, description, capabilities] },
  page: RolePage,
});

function RolePage(props: RecordProps<Role>): VNode {
  const role = props.record;
  const { name, capabilities: held } = role;
  const fixed = name === administrator;
  const lost = html`<p>It is taken from all who have it: they can no longer do what only this role allows.</p>
    <p><${Items} items=${held} none="It allows nothing." /></p>`;
  const deeds = [
    changing('role', name, fixed ? [description] : [description, capabilities], { name }, props),
    ...(fixed ? [] : [removing('role', name, { name }, lost, props.reload)]),
  ];
  return html`<${RecordHead} name=${role.name}><${Deeds} deeds=${deeds} /><//>
    <${Facts} facts=${[
      ['Description', role.description || html`<span class="muted">none</span>`],
      ['Capabilities', html`<${Items} items=${role.capabilities} none="none" />`],
    ]} />
    <p class="muted small">${fixed ? 'What administrators may do is fixed, and the role stays.' : 'Roles are given on the pages of users.'}</p>`;
}
