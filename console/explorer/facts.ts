import type { VNode } from 'preact';
import { html } from '../html.ts';
import { Notice } from '../parts/notice.ts';
import { pathTo } from '../route.ts';
import type { Described } from './described.ts';
import type { ListedFunction } from './search.ts';
import { accessWords, callLimits, effectWords, protocolTitle } from './words.ts';

/** What is to be known of a function before it is called. */
export function Facts({ fn, about, functions }: Described & { readonly functions: readonly ListedFunction[] }): VNode {
  const rest = about.description.startsWith(about.title)
    ? about.description.slice(about.title.length).trim()
    : about.description;
  return html`
    ${rest === '' ? null : html`<p class="function-text">${rest}</p>`}
    ${about.deprecated === undefined ? null : html`<${Deprecated} ...${about.deprecated} functions=${functions} />`}
    ${about.on ? null : html`<${Notice} tone="warn" title="This function is switched off" />`}
    <dl class="function-facts">
      <div><dt>Effect</dt><dd><span class=${`pill ${fn.effect === 'read' ? 'pill-good' : 'pill-warn'}`}>${effectWords(fn.effect)}</span></dd></div>
      <div><dt>Who may call it</dt><dd>${accessWords(fn)}</dd></div>
      <div><dt>Protocols</dt><dd><${Protocols} about=${about} /></dd></div>
      <div><dt>Limits of a call</dt><dd>${callLimits(about)}</dd></div>
      ${about.services === undefined || about.services.length === 0 ? null : html`<div><dt>Services</dt><dd>${about.services.join(', ')}</dd></div>`}
      ${
        about.helpUrls.length === 0
          ? null
          : html`<div><dt>Help</dt><dd>${about.helpUrls.map((url) => html`<a href=${url} target="_blank" rel="noopener noreferrer">${url}</a> `)}</dd></div>`
      }
    </dl>`;
}

/** Each protocol, and whether the function answers over it now. */
function Protocols({ about }: Pick<Described, 'about'>): VNode {
  return html`<ul class="pills">
    ${about.addresses.map(({ protocol }) => {
      const on = about.protocols.includes(protocol);
      return html`<li class=${`pill ${on ? 'pill-accent' : ''}`}>
          ${protocolTitle(protocol)} <span class=${on ? 'visually-hidden' : ''}>${on ? 'on' : 'off'}</span>
        </li>`;
    })}
  </ul>`;
}

function Deprecated({
  since,
  use,
  functions,
}: {
  readonly since: string;
  readonly use?: string;
  readonly functions: readonly ListedFunction[];
}): VNode {
  const known = functions.some(({ name }) => name === use);
  return html`<${Notice} tone="warn" title=${`Deprecated since ${since}`}>
    ${use === undefined ? null : html`<p>Use ${known ? html`<a href=${pathTo('functions', use)}>${use}</a>` : html`<code>${use}</code>`} instead.</p>`}
  <//>`;
}
