import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Fault } from '../../lib/fault.ts';
import { html } from '../html.ts';
import { Code } from '../parts/code.ts';
import { Tabs } from '../parts/tabs.ts';
import type { Bench } from './use-bench.ts';
import { pretty } from './wire/pretty.ts';
import { requestText } from './wire/request.ts';

/** What will be sent: the bytes, and programs that send them. */
export function WirePanel({ bench }: { readonly bench: Bench }): VNode {
  const [chosen, choose] = useState('request');
  const { request } = bench;
  if (request instanceof Fault) return html`<${Unready} fault=${request} />`;
  const tabs = [
    {
      name: 'request',
      title: 'Request',
      view: () => html`<${Code} label="request" text=${requestText({ ...request, body: pretty(request.body) })} />`,
    },
    { name: 'raw', title: 'Raw', view: () => html`<${Code} label="raw request" text=${requestText(request)} />` },
  ];
  return html`<div class="wire"><${Tabs} label="Request" tabs=${tabs} chosen=${chosen} choose=${choose} /></div>`;
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
