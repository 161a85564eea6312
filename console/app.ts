import type { VNode } from 'preact';
import { html } from './html.ts';
import { isHidden, pageFor } from './pages.ts';
import { Empty, Waiting } from './parts/notice.ts';
import { useTitle } from './parts/title.ts';
import { followLinks, pathToSignIn, type Route, useRoute } from './route.ts';
import { type Session, SessionContext, useLoadedSession } from './session.ts';
import { TopBar } from './top-bar.ts';

/** The whole console: the bar above, the page of the address below. */
export function App(): VNode {
  const { state, failure, retry } = useLoadedSession();
  const route = useRoute();
  if (state === undefined) {
    return html`<main class="page" id="page">
      <h1 class="visually-hidden">The console</h1>
      <${Waiting} called=${{ failure, reload: retry }} what="the console" />
    </main>`;
  }
  const page = pageFor(route, state.session);
  return html`<${SessionContext.Provider} value=${state}>
    <div class="shell" onClick=${followLinks}>
      <a class="skip" href="#page">Skip to the page</a>
      <${TopBar} route=${route} />
      <main class=${page?.wide ? 'page page-wide' : 'page'} id="page" tabindex="-1">
        ${page === undefined ? html`<${NoPage} route=${route} session=${state.session} />` : page.view(route)}
      </main>
    </div>
  <//>`;
}

/** What stands where no page is, or none for this user. */
function NoPage({ route, session }: { readonly route: Route; readonly session: Session }): VNode {
  const hidden = isHidden(route, session);
  const signIn = hidden && session.user === undefined && session.site.database;
  const title = signIn ? 'Sign in to see this' : hidden ? 'You may not see this' : 'There is no such page';
  useTitle(title);
  if (signIn) {
    return html`<${Empty} page title=${title}><a class="button button-main" href=${pathToSignIn()}>Sign in</a><//>`;
  }
  return html`<${Empty} page title=${title}>
    ${hidden ? html`<p>It takes a capability that you do not have.</p>` : null}
    <a href="/console/">Go to the functions</a>
  <//>`;
}
