import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ClientRequest } from '../../client/client.ts';
import { Fault } from '../../lib/fault.ts';
import { html } from '../html.ts';
import { Code } from '../parts/code.ts';
import { Tabs } from '../parts/tabs.ts';
import { languagesOf } from './code/languages.ts';
import type { Bench } from './use-bench.ts';
import { cut, pretty } from './wire/pretty.ts';
import { requestText } from './wire/request.ts';

let lastView = 'request';
let lastLanguage = 'curl';

/** What will be sent: the bytes, and programs that send them. */
export function WirePanel({ bench }: { readonly bench: Bench }): VNode {
  const [chosen, setChosen] = useState(lastView);
  const { request } = bench;
  if (request instanceof Fault) return html`<${Unready} fault=${request} />`;
  const choose = (name: string): void => {
    lastView = name;
    setChosen(name);
  };
  const shown = { ...request, body: pretty(request.body) };
  const tabs = [
    {
      name: 'request',
      title: 'Request',
      view: () => html`<${Code} label="request" text=${cut(requestText(shown))} />`,
    },
    { name: 'raw', title: 'Raw', view: () => html`<${Code} label="raw request" text=${cut(requestText(request))} />` },
    { name: 'code', title: 'Code', view: () => html`<${Programs} bench=${bench} request=${request} />` },
  ];
  return html`<div class="wire"><${Tabs} label="Request" tabs=${tabs} chosen=${chosen} choose=${choose} /></div>`;
}

/** The same call in languages, by the values of the form. */
function Programs({ bench, request }: { readonly bench: Bench; readonly request: ClientRequest }): VNode {
  const [chosen, setChosen] = useState(lastLanguage);
  const { fn, read, way, credential, session } = bench;
  const { kind } = credential;
  const sample = {
    fn,
    values: read.values,
    way,
    request: bench.plain ?? request,
    origin: location.origin,
    namespace: session.site.namespace,
    credential: kind,
  };
  const choose = (name: string): void => {
    lastLanguage = name;
    setChosen(name);
  };
  const tabs = languagesOf(way.name).map(({ name, title, code }) => ({
    name,
    title,
    view: () => html`<${Code} label=${`code for ${title}`} text=${cut(code(sample))} />`,
  }));
  if (tabs.length === 0) return html`<p class="muted">Programs call it over a protocol, once one is switched on.</p>`;
  return html`<div class="languages"><${Tabs} label="Language" tabs=${tabs} chosen=${chosen} choose=${choose} /></div>`;
}

/** Why there is no request yet. */
function Unready({ fault }: { readonly fault: Fault }): VNode {
  return html`<div class="wire wire-unready">
    <p class="empty-title">The request shows here once the form is complete</p>
    ${
      fault.issues.length === 0
        ? html`<p>${fault.message}.</p>`
        : html`<ul>${fault.issues.slice(0, 5).map(({ path, message }) => html`<li><code>${path}</code> ${message}</li>`)}</ul>`
    }
  </div>`;
}
