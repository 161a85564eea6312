import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { go, pathTo } from '../../route.ts';
import type { FieldSpec } from './form-fields.ts';
import { ChangeDialog } from './make-dialog.ts';
import type { Deed } from './record-page.ts';

/** A service, as `admin.list_services` has it. */
export interface Service {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly restricted: boolean;
  readonly capability?: string;
  readonly functions: readonly string[];
}

const changing: readonly FieldSpec[] = [
  {
    name: 'functions',
    kind: 'list',
    label: 'Functions',
    suggest: 'functions',
    required: true,
    hint: 'Names, or patterns such as users.*',
  },
  { name: 'description', kind: 'area', label: 'Description' },
  { name: 'restricted', kind: 'flag', label: 'Only listed users may use it' },
  {
    name: 'capability',
    kind: 'text',
    label: 'Capability',
    suggest: 'capabilities',
    nullable: true,
    hint: 'What its users need to be able to do.',
  },
];

export const newServiceFields: readonly FieldSpec[] = [
  { name: 'name', kind: 'text', label: 'Name', required: true, hint: 'Letters, digits and _ . -, as in /soap/<name>.' },
  ...changing,
  { name: 'enabled', kind: 'flag', label: 'It is enabled', initial: true },
];

interface DeedProps {
  readonly service: Service;
  readonly reload: () => void;
  readonly close: () => void;
}

function Turn({ service: { name, enabled }, reload, close }: DeedProps): VNode {
  const work = (): Promise<unknown> => call('admin.update_service', { name, enabled: !enabled }).then(reload);
  return html`<${Confirm} title=${`${enabled ? 'Disable' : 'Enable'} ${name}?`} action=${`${enabled ? 'Disable' : 'Enable'} the service`} tone=${enabled ? 'bad' : 'main'} work=${work} close=${close}>
    <p>${
      enabled
        ? `Calls to ${name} and calls with its tokens are refused until it is enabled again.`
        : `Its tokens work again, and it answers as far as its functions and protocols are on.`
    }</p>
  <//>`;
}

function Remove({ service: { name }, reload, close }: DeedProps): VNode {
  const work = async (): Promise<void> => {
    await call('admin.remove_service', { name });
    go(pathTo('administration', 'services'), true);
    reload();
  };
  return html`<${Confirm} title=${`Remove ${name}?`} action="Remove the service" work=${work} close=${close}>
    <p>All tokens that belong to it go too: programs that use them are refused, and so are calls to <code>${`/soap/${name}`}</code>. Its functions stay.</p>
  <//>`;
}

/** What can be done with a service. */
export function serviceDeeds(service: Service, reload: () => void): readonly Deed[] {
  const { name, enabled } = service;
  return [
    {
      label: 'Change',
      dialog: (close) =>
        html`<${ChangeDialog} title=${`Change ${name}`} fields=${changing} name="admin.update_service" record=${service} named=${{ name }} made=${reload} close=${close} />`,
    },
    {
      label: enabled ? 'Disable' : 'Enable',
      ...(enabled ? { tone: 'bad' as const } : {}),
      dialog: (close) => html`<${Turn} service=${service} reload=${reload} close=${close} />`,
    },
    {
      label: 'Remove',
      tone: 'bad',
      dialog: (close) => html`<${Remove} service=${service} reload=${reload} close=${close} />`,
    },
  ];
}
