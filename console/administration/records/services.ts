import type { VNode } from 'preact';
import { html } from '../../html.ts';
import type { Route } from '../../route.ts';
import { Facts, Items } from './facts.ts';
import { MakeDialog } from './make-dialog.ts';
import type { RecordSort } from './record-list.ts';
import { type Deed, Deeds, RecordHead, RecordsSection } from './record-page.ts';
import { newServiceFields, type Service, serviceDeeds } from './service-deeds.ts';
import { ServiceUsers } from './service-users.ts';

const sort: RecordSort<Service> = {
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
};

function forWhom({ restricted, capability }: Service): string {
  if (restricted) return 'listed users';
  return capability === undefined ? 'everybody' : `users with ${capability}`;
}

/** Services and who may use them. */
export function ServicesSection({ route }: { readonly route: Route }): VNode {
  const deeds = (reload: () => void): readonly Deed[] => [
    {
      label: 'New service',
      tone: 'main',
      dialog: (close) =>
        html`<${MakeDialog} title="New service" action="Add the service" fields=${newServiceFields} name="admin.create_service" made=${reload} close=${close} />`,
    },
  ];
  return html`<${RecordsSection} sort=${sort} list=${['admin.list_services']} route=${route} deeds=${deeds}
    detail=${(service: Service, reload: () => void) => html`<${ServicePage} service=${service} reload=${reload} />`} />`;
}

function ServicePage({ service, reload }: { readonly service: Service; readonly reload: () => void }): VNode {
  const { name, enabled, description, functions, capability, restricted } = service;
  return html`<${RecordHead} name=${name} counted=${{ enabled }}><${Deeds} deeds=${serviceDeeds(service, reload)} /><//>
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
