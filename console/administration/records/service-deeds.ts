import type { VNode } from 'preact';
import { call } from '../../call.ts';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { changing, type DialogProps, deed, removing } from './deeds.ts';
import type { FieldSpec } from './form-fields.ts';
import type { Deed } from './record-page.ts';
import type { RecordProps } from './records-section.ts';

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

const changeFields: readonly FieldSpec[] = [
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
  ...changeFields,
  { name: 'enabled', kind: 'flag', label: 'It is enabled', initial: true },
];

function Turn({ record: { name, enabled }, reload, close }: DialogProps<Service>): VNode {
  const work = (): Promise<unknown> => call('admin.update_service', { name, enabled: !enabled }).then(reload);
  return html`<${Confirm} title=${`${enabled ? 'Disable' : 'Enable'} ${name}?`} action=${`${enabled ? 'Disable' : 'Enable'} the service`} tone=${enabled ? 'bad' : 'main'} work=${work} close=${close}>
    <p>${
      enabled
        ? `Calls to ${name} and calls with its tokens are refused until it is enabled again.`
        : `Its tokens work again, and it answers as far as its functions and protocols are on.`
    }</p>
  <//>`;
}

/** What can be done with a service. */
export function serviceDeeds(props: RecordProps<Service>): readonly Deed[] {
  const { name, enabled } = props.record;
  return [
    changing('service', name, changeFields, { name }, props),
    deed(enabled ? 'Disable' : 'Enable', Turn, props, enabled ? 'bad' : undefined),
    removing(
      'service',
      name,
      { name },
      html`<p>All tokens that belong to it go too: programs that use them are refused, and so are calls to <code>${`/soap/${name}`}</code>. Its functions stay.</p>`,
      props.reload,
    ),
  ];
}
