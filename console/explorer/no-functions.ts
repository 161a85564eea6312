import type { VNode } from 'preact';
import { html } from '../html.ts';
import { Empty } from '../parts/notice.ts';
import { useSession } from '../session.ts';

/** What stands where this caller has no function at all. */
export function NoFunctions(): VNode {
  const { site } = useSession().session;
  const title = site.on ? 'No function is there for you' : 'Web services are switched off';
  return html`<${Empty} title=${title} page>
    ${site.on ? html`<p>Functions show here once they are switched on and you may call them.</p>` : null}
    <${WhoSwitches} />
  <//>`;
}

/** Who could switch something on, and how this caller comes to do it. */
export function WhoSwitches(): VNode {
  const { site, pages, user } = useSession().session;
  if (pages.includes('administration'))
    return html`<p><a class="button" href="/console/administration">Switch them on</a></p>`;
  if (site.setup)
    return html`<p>The site has no administrator yet: open the one-time link that <code>polywire serve</code> has printed.</p>`;
  return html`<p>Its administrator switches them on.</p>
    ${user === undefined && site.database ? html`<p><a class="button" href="/console/sign-in">Sign in</a></p>` : null}`;
}
