import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { pathTo, type Route } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { Ago, Facts, Items, Moment } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { quotaFields, scopeFields, validityFields } from './limit-fields.ts';
import { MakeDialog } from './make-dialog.ts';
import type { RecordSort } from './record-list.ts';
import { type Deed, Deeds, RecordHead, RecordsSection } from './record-page.ts';
import type { Issued } from './secret-dialog.ts';
import { quotaText } from './standing.ts';

/** A token, as `admin.list_tokens` has it. */
interface Token {
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly service?: string;
  readonly renewing: boolean;
  readonly functions: readonly string[];
  readonly protocols: readonly string[];
  readonly addresses: readonly string[];
  readonly valid_from?: string;
  readonly valid_until?: string;
  readonly per_minute?: number;
  readonly per_day?: number;
  readonly created: string;
  readonly revoked?: string;
  readonly last_used?: string;
  readonly last_address?: string;
}

const wide = [...scopeFields, ...validityFields];
const fields: readonly FieldSpec[] = [
  {
    name: 'user',
    kind: 'text',
    label: 'User',
    required: true,
    suggest: 'users',
    hint: 'Whose it is: it may do what the user may.',
  },
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'What it is for.' },
  {
    name: 'service',
    kind: 'text',
    label: 'Service',
    suggest: 'services',
    hint: 'It is good for the functions of this service only.',
  },
  ...wide.filter(({ more }) => !more),
  ...wide.filter(({ more }) => more),
  ...quotaFields,
  {
    name: 'renewing',
    kind: 'flag',
    label: 'Every answer brings a fresh one',
    hint: 'In the header X-Renewed-Token; this one then ends soon.',
    more: true,
  },
];

const sort: RecordSort<Token> = {
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
};

function issuedOf({ token, secret }: { readonly token: Token; readonly secret: string }): Issued {
  return {
    title: `The token ${token.name} of ${token.user}`,
    secret,
    use: 'The program sends it with every call:',
    example: `Authorization: Bearer ${secret}`,
  };
}

/** Tokens of users. */
export function TokensSection({ route }: { readonly route: Route }): VNode {
  const deeds = (reload: () => void): readonly Deed[] => [
    {
      label: 'New token',
      tone: 'main',
      dialog: (close) =>
        html`<${MakeDialog} title="New token" action="Make the token" fields=${fields} name="admin.create_token" issued=${issuedOf} made=${reload} close=${close} />`,
    },
  ];
  return html`<${RecordsSection} sort=${sort} list=${['admin.list_tokens']} route=${route} deeds=${deeds}
    detail=${(token: Token, reload: () => void) => html`<${TokenPage} record=${token} reload=${reload} />`} />`;
}

interface TokenProps {
  readonly record: Token;
  readonly reload: () => void;
}

function Revoke({ record: token, reload, close }: TokenProps & { readonly close: () => void }): VNode {
  const work = (): Promise<unknown> => call('admin.revoke_token', { id: token.id }).then(reload);
  return html`<${Confirm} title=${`Revoke ${token.name}?`} action="Revoke the token" work=${work} close=${close}>
    <p>Every program that calls as ${token.user} by this token, or by one that has taken its place, is refused from now on. It cannot be brought back.</p>
    <p class="muted">Last used: <${Ago} at=${token.last_used} />${token.last_address === undefined ? '' : ` from ${token.last_address}`}.</p>
  <//>`;
}

function TokenPage(props: TokenProps): VNode {
  const token = props.record;
  const { session } = useSession();
  const deeds: readonly Deed[] =
    token.revoked === undefined
      ? [{ label: 'Revoke', tone: 'bad', dialog: (close) => html`<${Revoke} ...${props} close=${close} />` }]
      : [];
  const user = may(session, 'admin:users')
    ? html`<a href=${pathTo('administration', 'users', token.user)}>${token.user}</a>`
    : token.user;
  return html`<${RecordHead} name=${token.name} counted=${token}><${Deeds} deeds=${deeds} /><//>
    <${Facts} facts=${[
      ['Number', token.id],
      ['User', user],
      ['Service', token.service ?? html`<span class="muted">none: all that the user may call</span>`],
      ['Functions', html`<${Items} items=${token.functions} none="all" />`],
      ['Protocols', html`<${Items} items=${token.protocols} none="all" />`],
      ['Addresses', html`<${Items} items=${token.addresses} none="all" />`],
      ['Calls', quotaText(token.per_minute, token.per_day)],
      ['Renewal', token.renewing ? 'Every answer brings a fresh one' : html`<span class="muted">none by itself</span>`],
      ['Begins', html`<${Moment} at=${token.valid_from} none="at once" />`],
      ['Ends', html`<${Moment} at=${token.valid_until} />`],
      [
        'Last used',
        html`<${Moment} at=${token.last_used} /> ${token.last_address === undefined ? null : html`<span class="muted">from ${token.last_address}</span>`}`,
      ],
      ['Made', html`<${Moment} at=${token.created} />`],
      ...(token.revoked === undefined ? [] : ([['Revoked', html`<${Moment} at=${token.revoked} />`]] as const)),
    ]} />
    <p class="muted small">What a token is good for is fixed when it is made: make a new one, and revoke this one.</p>`;
}
