import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { html } from '../html.ts';
import { pathTo } from '../route.ts';
import { may, useSession } from '../session.ts';
import { useCall } from '../use-call.ts';

interface Step {
  readonly done: boolean;
  readonly text: string;
  readonly place: string;
  readonly link: string;
}

/** What `admin.settings` answers, as far as functions are on. */
interface Settings {
  readonly settings: { readonly enabledwsfunctions: readonly string[] };
}

/** What a fresh site still needs before anybody can call: shown while the site, every protocol or every function is off. */
export function WhatNext({ here }: { readonly here: string | undefined }): VNode | null {
  const { session } = useSession();
  const { site, protocols } = session;
  const settings = useCall<Settings>(may(session, 'admin:settings') ? 'admin.settings' : undefined);
  useEffect(() => settings.reload(), [session]); // every change of a switch asks for the session again
  const protocolOn = protocols.some(({ on }) => on);
  const functionOn = (settings.value?.settings.enabledwsfunctions.length ?? 0) > 0;
  const wanted = settings.value !== undefined && !(site.on && protocolOn && functionOn);
  const keys = useCall<readonly unknown[]>(wanted && may(session, 'admin:keys') ? 'admin.list_keys' : undefined);
  if (!wanted) return null;
  const steps: readonly Step[] = [
    { done: site.on, text: 'Switch web services on', place: 'switches', link: 'Switches' },
    { done: protocolOn, text: 'Switch a protocol on', place: 'switches', link: 'Switches' },
    {
      done: functionOn,
      text: 'Switch functions on',
      place: 'switches',
      link: 'Switches',
    },
    { done: (keys.value?.length ?? 0) > 0, text: 'Make a key for the first program', place: 'keys', link: 'Keys' },
  ];
  return html`<section class="card what-next" aria-label="What next">
    <h2>What next</h2>
    <p class="muted">Everything is off at first. Nobody can call this site before these are done.</p>
    <ol>
      ${steps.map(({ done, text, place, link }) => {
        return html`<li class=${done ? 'done' : ''}><span class="step-mark" aria-hidden="true">${done ? '✓' : ''}</span>
          <span>${text}${done ? html`<span class="visually-hidden"> (done)</span>` : null}</span>
          ${done || place === here ? null : html`<a href=${pathTo('administration', place)}>${link}</a>`}</li>`;
      })}
    </ol>
  </section>`;
}
