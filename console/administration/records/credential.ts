import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Ago, type Fact, Items, Moment } from './facts.ts';
import type { FieldSpec } from './form-fields.ts';
import { quotaFields, scopeFields, validityFields } from './limit-fields.ts';
import type { Deed } from './record-page.ts';
import { quotaText } from './standing.ts';

/** What keys and tokens have in common. */
export interface CallCredential {
  readonly id: string | number;
  readonly name: string;
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

const limits = [...scopeFields, ...validityFields];
/** What a credential is good for, from when until when, and how often: what is folded stands last. */
export const credentialFields: readonly FieldSpec[] = [
  ...limits.filter(({ more }) => !more),
  ...limits.filter(({ more }) => more),
  ...quotaFields,
];

/** What a credential is good for. */
export function scopeFacts(record: CallCredential): readonly Fact[] {
  return [
    ['Functions', html`<${Items} items=${record.functions} none="all" />`],
    ['Protocols', html`<${Items} items=${record.protocols} none="all" />`],
    ['Addresses', html`<${Items} items=${record.addresses} none="all" />`],
    ['Calls', quotaText(record.per_minute, record.per_day)],
  ];
}

/** What has become of a credential. */
export function lifeFacts(record: CallCredential): readonly Fact[] {
  return [
    [
      'Last used',
      html`<${Moment} at=${record.last_used} /> ${record.last_address === undefined ? null : html`<span class="muted">from ${record.last_address}</span>`}`,
    ],
    ['Made', html`<${Moment} at=${record.created} />`],
    ...(record.revoked === undefined ? [] : ([['Revoked', html`<${Moment} at=${record.revoked} />`]] as const)),
  ];
}

/** Ends a credential, after a question that tells who is refused from then on. */
export function revoking(one: 'key' | 'token', record: CallCredential, refused: string, reload: () => void): Deed {
  const { id, name, last_used: at, last_address: address } = record;
  return {
    label: 'Revoke',
    tone: 'bad',
    dialog: (close) => html`<${Confirm} title=${`Revoke ${name}?`} action=${`Revoke the ${one}`} close=${close}
      work=${() => call(`admin.revoke_${one}`, { id }).then(reload)}>
      <p>${refused} It cannot be brought back.</p>
      <p class="muted">Last used: <${Ago} at=${at} />${address === undefined ? '' : ` from ${address}`}.</p>
    <//>`,
  };
}
