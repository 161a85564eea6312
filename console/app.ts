import type { VNode } from 'preact';
import { html } from './html.ts';
import { pageFor } from './pages.ts';
import { Empty, FailureNotice, Loading } from './parts/notice.ts';
import { followLinks, useRoute } from './route.ts';
import { SessionContext, useLoadedSession } from './session.ts';
import { TopBar } from './top-bar.ts';

/** The whole console: the bar above, the page of the address below. */
export function App(): VNode {
  const { state, failure, retry } = useLoadedSession();
  const route = useRoute();
  if (state === undefined) {
    return html`<main class="page" id="page">
      ${failure === undefined ? html`<${Loading} what="the console" />` : html`<${FailureNotice} failure=${failure} retry=${retry} />`}
    </main>`;
  }
  const page = pageFor(route, state.session);
  return html`<${SessionContext.Provider} value=${state}>
    <div class="shell" onClick=${followLinks}>
      <a class="skip" href="#page">Skip to the page</a>
      <${TopBar} route=${route} />
      <main class=${page?.wide ? 'page page-wide' : 'page'} id="page" tabindex="-1">
        ${
          page === undefined
            ? html`<${Empty} title="There is no such page">
                <a href="/console/">Go to the functions</a>
              <//>`
            : page.view(route)
        }
      </main>
    </div>
  <//>`;
}
