import type { VNode } from 'preact';
import { html } from '../html.ts';
import { FunctionName } from '../parts/function-name.ts';
import { Notice, Waiting } from '../parts/notice.ts';
import { pathTo } from '../route.ts';
import { useSession } from '../session.ts';
import { useDescription } from './function-page.ts';
import { WhoSwitches } from './no-functions.ts';
import type { ListedFunction } from './search.ts';
import { Workbench } from './workbench.ts';

/** How many functions the start names besides the one that can be tried. */
const named = 6;

/** Where the console opens: a function to try at once, some others, and the documents of the site. */
export function Start({
  functions,
  query,
}: {
  readonly functions: readonly ListedFunction[];
  readonly query: URLSearchParams;
}): VNode {
  const { site } = useSession().session;
  const ready = functions.filter(({ protocols }) => protocols.length > 0);
  const first =
    ready.find(({ name }) => name === 'test.greet') ?? ready.find(({ effect }) => effect === 'read') ?? ready[0];
  const silent = functions.filter(({ protocols }) => protocols.length === 0);
  const others = [...ready, ...silent].filter((fn) => fn !== first).slice(0, named);
  return html`<article class="function start">
    <header class="function-head">
      <h1>${site.name === 'Polywire' ? 'Call a function' : `Call a function of ${site.name}`}</h1>
      <p class="function-title">
        Choose a protocol, press the button, and see what goes over the wire. ${countWords(functions.length)}
      </p>
      <p class="start-all"><a class="button" href="/console/functions">All functions</a></p>
    </header>
    ${first === undefined ? html`<${Nothing} />` : html`<${Try} key=${first.name} fn=${first} query=${query} />`}
    ${others.length === 0 ? null : html`<h2>${first === undefined ? 'By your session' : 'Others to try'}</h2><${Others} functions=${others} />`}
    <${Documents} />
  </article>`;
}

/** Why nothing can be called, and what to do about it. */
function Nothing(): VNode {
  const { site } = useSession().session;
  const title = site.on ? 'No function is switched on for a protocol' : 'Web services are switched off';
  return html`<${Notice} tone="warn" title=${title}><${WhoSwitches} /><//>`;
}

function countWords(count: number): string {
  return count === 1 ? 'There is one function.' : `There are ${count.toLocaleString('en')} functions.`;
}

function Try({ fn, query }: { readonly fn: ListedFunction; readonly query: URLSearchParams }): VNode {
  const called = useDescription(fn.name);
  const { value } = called;
  if (value === undefined) return html`<${Waiting} called=${called} what=${fn.name} />`;
  return html`<h2><a href=${pathTo('functions', fn.name)}>${fn.name}</a> <span class="muted">${fn.title}</span></h2>
    <${Workbench} ...${value} query=${query} />`;
}

function Others({ functions }: { readonly functions: readonly ListedFunction[] }): VNode {
  return html`<ul class="cards">
    ${functions.map(
      ({ name, title }) =>
        html`<li><a href=${pathTo('functions', name)}><strong><${FunctionName} name=${name} /></strong><span>${title}</span></a></li>`,
    )}
  </ul>`;
}

const documents: Readonly<Record<string, readonly (readonly [title: string, href: string])[]>> = {
  soap: [
    ['WSDL (SOAP 1.1)', '/soap?wsdl'],
    ['WSDL (SOAP 1.2)', '/soap?wsdl=1.2'],
  ],
  rest: [['OpenAPI', '/openapi.json']],
  jsonrpc: [['OpenRPC', '/openrpc.json']],
};

/** What describes the functions to programs. */
function Documents(): VNode | null {
  const { protocols } = useSession().session;
  const links = protocols.filter(({ on }) => on).flatMap(({ name }) => documents[name] ?? []);
  if (links.length === 0) return null;
  return html`<h2>For programs</h2>
    <p class="row">${links.map(([title, href]) => html`<a class="button button-small" href=${href} target="_blank" rel="noopener">${title}</a>`)}</p>`;
}
