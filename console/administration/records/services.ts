import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { Facts, Items } from './facts.ts';
import { Deeds, RecordHead } from './record-page.ts';
import { type RecordProps, recordsSection } from './records-section.ts';
import { newServiceFields, type Service, serviceDeeds } from './service-deeds.ts';
import { ServiceUsers } from './service-users.ts';

/** Services and who may use them. */
export const ServicesSection = recordsSection<Service>({
  section: 'services',
  title: 'Services',
  one: 'service',
  intro: 'A service is a named set of functions: tokens can belong to it, and it has SOAP and documents of its own.',
  idOf: ({ name }) => name,
  nameOf: ({ name }) => name,
  textOf: ({ description, capability, functions }) => [description, capability, ...functions].join(' '),
  countedOf: ({ enabled }) => ({ enabled }),
  columns: [
    { title: 'Functions', cell: ({ functions }) => html`<${Items} items=${functions} none="all" />` },
    { title: 'For', cell: (service) => forWhom(service) },
  ],
  list: 'admin.list_services',
  make: { name: 'admin.create_service', action: 'Add the service', fields: newServiceFields },
  page: ServicePage,
});

function forWhom({ restricted, capability }: Service): string {
  if (restricted) return 'listed users';
  return capability === undefined ? 'everybody' : `users with ${capability}`;
}

function ServicePage(props: RecordProps<Service>): VNode {
  const { name, enabled, description, functions, capability, restricted } = props.record;
  return html`<${RecordHead} name=${name} counted=${{ enabled }}><${Deeds} deeds=${serviceDeeds(props)} /><//>
    <${Facts} facts=${[
      ['Description', description || html`<span class="muted">none</span>`],
      ['Functions', html`<${Items} items=${functions} none="all" />`],
      [
        'Capability',
        capability === undefined ? html`<span class="muted">none wanted</span>` : html`<code>${capability}</code>`,
      ],
      ['Users', restricted ? 'those listed below only' : 'all, or all with the capability'],
      ['SOAP', html`<code>${`/soap/${name}`}</code>`],
    ]} />
    <${ServiceUsers} service=${name} restricted=${restricted} />`;
}
