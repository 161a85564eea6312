import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { pathTo } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { type CallCredential, credentialFields, lifeFacts, revoking, scopeFacts } from './credential.ts';
import { changing } from './deeds.ts';
import { Ago, Facts, Items, validityFacts } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { Deeds, RecordHead } from './record-page.ts';
import { type RecordProps, recordsSection } from './records-section.ts';
import type { Issued } from './secret-dialog.ts';

/** A token, as `admin.list_tokens` has it. */
interface Token extends CallCredential {
  readonly id: number;
  readonly user: string;
  readonly service?: string;
  readonly renewing: boolean;
}

interface NewToken {
  readonly token: Token;
  readonly secret: string;
}

const common: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'What it is for.' },
  {
    name: 'service',
    kind: 'text',
    label: 'Service',
    suggest: 'services',
    nullable: true,
    hint: 'It is good for the functions of this service only.',
  },
  ...credentialFields,
  {
    name: 'renewing',
    kind: 'flag',
    label: 'Every answer brings a fresh one',
    hint: 'In the header X-Renewed-Token; this one then ends soon.',
    more: true,
  },
];
const newFields: readonly FieldSpec[] = [
  {
    name: 'user',
    kind: 'text',
    label: 'User',
    required: true,
    suggest: 'users',
    hint: 'Whose it is: it may do what the user may.',
  },
  ...common,
];

function issuedOf({ token, secret }: NewToken): Issued {
  return {
    title: `The token ${token.name} of ${token.user}`,
    secret,
    use: 'The program sends it with every call:',
    example: `Authorization: Bearer ${secret}`,
  };
}

/** Tokens of users. */
export const TokensSection = recordsSection<Token, NewToken>({
  section: 'tokens',
  title: 'Tokens',
  one: 'token',
  intro: 'A token lets a program call in the name of a user.',
  idOf: ({ id }) => String(id),
  nameOf: ({ name }) => name,
  textOf: ({ id, user, service, functions, last_address: address }) =>
    [id, user, service, address, ...functions].join(' '),
  countedOf: (token) => token,
  columns: [
    { title: 'User', cell: ({ user }) => user },
    { title: 'Service', cell: ({ service }) => service ?? html`<span class="muted">none</span>` },
    { title: 'Functions', cell: ({ functions }) => html`<${Items} items=${functions} none="all" />` },
    { title: 'Last used', cell: ({ last_used: at }) => html`<${Ago} at=${at} />` },
    { title: 'Number', cell: ({ id }) => id },
  ],
  list: 'admin.list_tokens',
  make: { name: 'admin.create_token', action: 'Make the token', fields: newFields, issued: issuedOf },
  page: TokenPage,
});

function TokenPage(props: RecordProps<Token>): VNode {
  const { record: token, reload } = props;
  const { session } = useSession();
  const refused = `Every program that calls as ${token.user} by this token, or by one that has taken its place, is refused from now on.`;
  const change = changing('token', token.name, common, { id: token.id }, props);
  const deeds = token.revoked === undefined ? [change, revoking('token', token, refused, reload)] : [change];
  const user = may(session, 'admin:users')
    ? html`<a href=${pathTo('administration', 'users', token.user)}>${token.user}</a>`
    : token.user;
  return html`<${RecordHead} name=${token.name} counted=${token}><${Deeds} deeds=${deeds} /><//>
    <${Facts} facts=${[
      ['Number', token.id],
      ['User', user],
      ['Service', token.service ?? html`<span class="muted">none: all that the user may call</span>`],
      ...scopeFacts(token),
      ['Renewal', token.renewing ? 'Every answer brings a fresh one' : html`<span class="muted">none by itself</span>`],
      ...validityFacts(token),
      ...lifeFacts(token),
    ]} />`;
}
