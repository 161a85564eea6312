import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { TextField } from '../../parts/field.ts';
import { type Tab, Tabs } from '../../parts/tabs.ts';
import { go, pathToRefusals, type Route } from '../../route.ts';
import { queryOf, type Supposed, supposedOf } from './explanation.ts';
import { ExplainedRequest } from './request-record.ts';
import { ExplainedCall, SupposedForm } from './supposed-form.ts';

/** Says why a request was refused, or why a call would be. */
export function RefusalsSection({ route }: { readonly route: Route }): VNode {
  const { query } = route;
  const given = ['function', 'key', 'user', 'protocol'].some((name) => query.has(name));
  const [chosen, setChosen] = useState(given ? 'call' : 'request');
  useEffect(() => {
    if (query.has('request')) setChosen('request');
    else if (given) setChosen('call');
  }, [query.toString()]);
  const tabs: readonly Tab[] = [
    {
      name: 'request',
      title: 'A request',
      view: () => html`<${RequestTab} id=${query.get('request') ?? ''} />`,
    },
    { name: 'call', title: 'A supposed call', view: () => html`<${CallTab} query=${query} />` },
  ];
  return html`<h1>Why was this refused?</h1>
    <p class="muted intro">Every gate in order: what it says, what that means, and where it is mended.</p>
    <${Tabs} label="What is explained" tabs=${tabs} chosen=${chosen} choose=${setChosen} />`;
}

function RequestTab({ id }: { readonly id: string }): VNode {
  const [text, setText] = useState(id);
  useEffect(() => setText(id), [id]);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text !== '') go(pathToRefusals({ request: text }));
  };
  return html`<form class="row row-end" onSubmit=${submit}>
      <${TextField} label="Request id" hint="It is in every error, and in the header X-Request-Id of every answer." value=${text} required
        onInput=${(value: string) => setText(value.trim())} autocomplete="off" spellcheck=${false} />
      <button class="button button-main">Explain</button>
    </form>
    ${id === '' ? null : html`<${ExplainedRequest} key=${id} id=${id} />`}`;
}

function CallTab({ query }: { readonly query: URLSearchParams }): VNode {
  const supposed = supposedOf(query);
  const [token, setToken] = useState('');
  const ask = (asked: Supposed): void => {
    setToken(asked.token);
    go(pathToRefusals(queryOf(asked)));
  };
  const ready = supposed.function !== '' && supposed.protocol !== '';
  return html`<${SupposedForm} key=${query.toString()} initial=${{ ...supposed, token }} ask=${ask} />
    ${ready ? html`<${ExplainedCall} supposed=${{ ...supposed, token }} />` : null}`;
}
