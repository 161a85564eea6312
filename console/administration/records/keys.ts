import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { pathTo, pathToRefusals } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { type CallCredential, credentialFields, lifeFacts, revoking, scopeFacts } from './credential.ts';
import { changing } from './deeds.ts';
import { Ago, Facts, Items, Moment, validityFacts } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { MakeDialog } from './make-dialog.ts';
import { type Deed, Deeds, RecordHead } from './record-page.ts';
import { type RecordProps, recordsSection } from './records-section.ts';
import type { Issued } from './secret-dialog.ts';

/** A key, as `admin.list_keys` has it. */
interface Key extends CallCredential {
  readonly id: string;
  readonly notes: string;
  readonly signing: boolean;
  readonly owner?: string;
  readonly secrets: readonly { readonly id: number; readonly valid_from?: string; readonly valid_until?: string }[];
}

interface NewKey {
  readonly key: Key;
  readonly secret: string;
}

const common: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'The program that will use it.' },
  ...credentialFields,
  {
    name: 'owner',
    kind: 'text',
    label: 'Owner',
    suggest: 'users',
    nullable: true,
    hint: 'The user who may renew it.',
    more: true,
  },
  { name: 'notes', kind: 'area', label: 'Notes', more: true },
];
const newFields: readonly FieldSpec[] = [
  ...common,
  {
    name: 'signing',
    kind: 'flag',
    label: 'It signs requests',
    hint: 'For HTTP message signatures and OAuth 1.0a: its secret is never sent.',
    more: true,
  },
];
const rotateFields: readonly FieldSpec[] = [
  {
    name: 'overlap',
    kind: 'count',
    label: 'Seconds that the old secret still works',
    hint: 'Empty is as the settings say (logins.keyOverlap); 0 ends it at once.',
  },
];

function issuedOf({ key, secret }: NewKey): Issued {
  const { signing, id, name } = key;
  return signing
    ? {
        title: `The secret of ${name}`,
        secret,
        use: `The program signs with it; it is never sent. The id of the key is ${id}.`,
      }
    : {
        title: `The key ${name}`,
        secret,
        use: 'The program sends it with every call, in the header X-API-Key:',
        example: `X-API-Key: ${secret}`,
      };
}

/** Keys of client programs. */
export const KeysSection = recordsSection<Key, NewKey>({
  section: 'keys',
  title: 'Keys',
  one: 'key',
  intro: 'An API key is how a client program proves which program it is.',
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  textOf: ({ id, notes, owner, functions, last_address: address }) =>
    [id, notes, owner, address, ...functions].join(' '),
  countedOf: (key) => key,
  columns: [
    {
      title: 'Functions',
      cell: ({ functions }) =>
        html`<${Items} items=${functions.slice(0, 3)} none="all" />${functions.length > 3 ? ` and ${functions.length - 3} more` : ''}`,
    },
    { title: 'Protocols', cell: ({ protocols }) => html`<${Items} items=${protocols} none="all" />` },
    { title: 'Last used', cell: ({ last_used: at }) => html`<${Ago} at=${at} />` },
    { title: 'Id', cell: ({ id }) => html`<code class="small">${id}</code>` },
  ],
  list: 'admin.list_keys',
  make: { name: 'admin.create_key', action: 'Make the key', fields: newFields, issued: issuedOf },
  page: KeyPage,
});

function deedsOf(props: RecordProps<Key>): readonly Deed[] {
  const { record: key, reload } = props;
  const named = { id: key.id };
  const change = changing('key', key.name, common, named, props);
  if (key.revoked !== undefined) return [change];
  const calls = key.functions.length === 0 ? '' : ` (it calls ${key.functions.join(', ')})`;
  return [
    change,
    {
      label: 'New secret',
      dialog: (
        close,
      ) => html`<${MakeDialog} title=${`A new secret for ${key.name}`} action="Make a new secret" fields=${rotateFields} name="admin.rotate_key"
        fixed=${named} issued=${issuedOf} made=${reload} close=${close} />`,
    },
    revoking('key', key, `Every program that uses this key is refused from now on${calls}.`, reload),
  ];
}

function KeyPage(props: RecordProps<Key>): VNode {
  const key = props.record;
  const { session } = useSession();
  const owner =
    key.owner !== undefined && may(session, 'admin:users')
      ? html`<a href=${pathTo('administration', 'users', key.owner)}>${key.owner}</a>`
      : key.owner;
  const explain = pathToRefusals({ key: key.id });
  return html`<${RecordHead} name=${key.name} counted=${key}><${Deeds} deeds=${deedsOf(props)} /><//>
    <${Facts} facts=${[
      ['Id', html`<code>${key.id}</code>`],
      ['Kind', key.signing ? 'Signs requests' : 'Is sent along as X-API-Key'],
      ...scopeFacts(key),
      ...validityFacts(key),
      [
        'Secrets',
        key.secrets.length === 0 || key.revoked !== undefined
          ? 'none works'
          : html`<ul class="plain">${key.secrets.map(({ id, valid_until: until }) => html`<li key=${id}>${until === undefined ? 'works as long as the key' : html`works until <${Moment} at=${until} />`}</li>`)}</ul>`,
      ],
      ['Owner', owner ?? html`<span class="muted">nobody</span>`],
      ...lifeFacts(key),
      ['Notes', key.notes === '' ? html`<span class="muted">none</span>` : html`<span class="pre">${key.notes}</span>`],
    ]} />
    ${may(session, 'admin:audit') ? html`<p><a href=${explain}>Explain a call with this key</a></p>` : null}`;
}
