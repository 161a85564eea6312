import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { pathTo, type Route } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { Ago, Facts, Items, Moment } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { quotaFields, scopeFields, validityFields } from './limit-fields.ts';
import { ChangeDialog, MakeDialog } from './make-dialog.ts';
import type { RecordSort } from './record-list.ts';
import { type Deed, Deeds, RecordHead, RecordsSection } from './record-page.ts';
import type { Issued } from './secret-dialog.ts';
import { quotaText } from './standing.ts';

/** A key, as `admin.list_keys` has it. */
interface Key {
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  readonly signing: boolean;
  readonly owner?: string;
  readonly functions: readonly string[];
  readonly protocols: readonly string[];
  readonly addresses: readonly string[];
  readonly valid_from?: string;
  readonly valid_until?: string;
  readonly per_minute?: number;
  readonly per_day?: number;
  readonly secrets: readonly { readonly id: number; readonly valid_from?: string; readonly valid_until?: string }[];
  readonly created: string;
  readonly revoked?: string;
  readonly last_used?: string;
  readonly last_address?: string;
}

interface NewKey {
  readonly key: Key;
  readonly secret: string;
}

const common: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'The program that will use it.' },
  ...scopeFields.filter(({ more }) => !more),
  ...validityFields.filter(({ more }) => !more),
  ...[...scopeFields, ...validityFields].filter(({ more }) => more),
  ...quotaFields,
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
    hint: 'Empty is as the settings say (logins/keyOverlap); 0 ends it at once.',
  },
];

const sort: RecordSort<Key> = {
  section: 'keys',
  title: 'Keys',
  one: 'key',
  intro: 'A key is how a client program proves which program it is.',
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
};

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
export function KeysSection({ route }: { readonly route: Route }): VNode {
  const deeds = (reload: () => void): readonly Deed[] => [
    {
      label: 'New key',
      tone: 'main',
      dialog: (close) =>
        html`<${MakeDialog} title="New key" action="Make the key" fields=${newFields} name="admin.create_key" issued=${issuedOf} made=${reload} close=${close} />`,
    },
  ];
  return html`<${RecordsSection} sort=${sort} list=${['admin.list_keys']} route=${route} deeds=${deeds}
    detail=${(key: Key, reload: () => void) => html`<${KeyPage} record=${key} reload=${reload} />`} />`;
}

interface KeyProps {
  readonly record: Key;
  readonly reload: () => void;
}

function deedsOf({ record: key, reload }: KeyProps): readonly Deed[] {
  const named = { id: key.id };
  const change: Deed = {
    label: 'Change',
    dialog: (close) =>
      html`<${ChangeDialog} title=${`Change ${key.name}`} fields=${common} name="admin.update_key" record=${key} named=${named} made=${reload} close=${close} />`,
  };
  if (key.revoked !== undefined) return [change];
  return [
    change,
    {
      label: 'New secret',
      dialog: (
        close,
      ) => html`<${MakeDialog} title=${`A new secret for ${key.name}`} action="Make a new secret" fields=${rotateFields} name="admin.rotate_key"
        fixed=${named} issued=${issuedOf} made=${reload} close=${close} />`,
    },
    {
      label: 'Revoke',
      tone: 'bad',
      dialog: (close) => html`<${Revoke} record=${key} reload=${reload} close=${close} />`,
    },
  ];
}

function Revoke({ record: key, reload, close }: KeyProps & { readonly close: () => void }): VNode {
  const work = (): Promise<unknown> => call('admin.revoke_key', { id: key.id }).then(reload);
  return html`<${Confirm} title=${`Revoke ${key.name}?`} action="Revoke the key" work=${work} close=${close}>
    <p>Every program that uses this key is refused from now on${key.functions.length === 0 ? '' : ` (it calls ${key.functions.join(', ')})`}. It cannot be brought back.</p>
    <p class="muted">Last used: <${Ago} at=${key.last_used} />${key.last_address === undefined ? '' : ` from ${key.last_address}`}.</p>
  <//>`;
}

function KeyPage(props: KeyProps): VNode {
  const key = props.record;
  const { session } = useSession();
  const owner =
    key.owner !== undefined && may(session, 'admin:users')
      ? html`<a href=${pathTo('administration', 'users', key.owner)}>${key.owner}</a>`
      : key.owner;
  const explain = `${pathTo('administration', 'refusals')}?${new URLSearchParams({ key: key.id })}`;
  return html`<${RecordHead} name=${key.name} counted=${key}><${Deeds} deeds=${deedsOf(props)} /><//>
    <${Facts} facts=${[
      ['Id', html`<code>${key.id}</code>`],
      ['Kind', key.signing ? 'Signs requests' : 'Is sent along as X-API-Key'],
      ['Functions', html`<${Items} items=${key.functions} none="all" />`],
      ['Protocols', html`<${Items} items=${key.protocols} none="all" />`],
      ['Addresses', html`<${Items} items=${key.addresses} none="all" />`],
      ['Calls', quotaText(key.per_minute, key.per_day)],
      ['Begins', html`<${Moment} at=${key.valid_from} none="at once" />`],
      ['Ends', html`<${Moment} at=${key.valid_until} />`],
      [
        'Secrets',
        key.secrets.length === 0 || key.revoked !== undefined
          ? 'none works'
          : html`<ul class="plain">${key.secrets.map(({ id, valid_until: until }) => html`<li key=${id}>${until === undefined ? 'works as long as the key' : html`works until <${Moment} at=${until} />`}</li>`)}</ul>`,
      ],
      ['Owner', owner ?? html`<span class="muted">nobody</span>`],
      [
        'Last used',
        html`<${Moment} at=${key.last_used} /> ${key.last_address === undefined ? null : html`<span class="muted">from ${key.last_address}</span>`}`,
      ],
      ['Made', html`<${Moment} at=${key.created} />`],
      ...(key.revoked === undefined ? [] : ([['Revoked', html`<${Moment} at=${key.revoked} />`]] as const)),
      ['Notes', key.notes === '' ? html`<span class="muted">none</span>` : html`<span class="pre">${key.notes}</span>`],
    ]} />
    ${may(session, 'admin:audit') ? html`<p><a href=${explain}>Explain a call with this key</a></p>` : null}`;
}
