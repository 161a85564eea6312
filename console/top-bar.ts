import type { VNode } from 'preact';
import { call } from './call.ts';
import { html } from './html.ts';
import { isSeen, pages } from './pages.ts';
import { ThemeSwitch } from './parts/theme.ts';
import { go, pathTo, type Route } from './route.ts';
import { useSession } from './session.ts';

/** The bar above every page: what there is, whether the site is on, who is here. */
export function TopBar({ route }: { readonly route: Route }): VNode {
  const { session } = useSession();
  const here = route.segments[0] ?? 'functions';
  const shown = pages.filter((page) => page.title !== undefined && isSeen(page, session));
  return html`<header class="bar">
    <a class="brand" href="/console/">Polywire</a>
    <nav class="bar-nav" aria-label="Parts of the console">
      ${shown.map(
        ({ title, place }) =>
          html`<a href=${pathTo(place)} aria-current=${place === here ? 'page' : undefined}>${title}</a>`,
      )}
    </nav>
    <div class="bar-end">
      <${SiteState} />
      <${ThemeSwitch} />
      <${Who} />
    </div>
  </header>`;
}

function SiteState(): VNode {
  const { site } = useSession().session;
  return site.on
    ? html`<span class="pill pill-good" title="Web services are on">On</span>`
    : html`<span class="pill pill-off" title="Web services are switched off">Off</span>`;
}

function Who(): VNode | null {
  const { session, reload } = useSession();
  if (session.user === undefined) {
    return session.site.database ? html`<a class="button button-quiet" href="/console/sign-in">Sign in</a>` : null;
  }
  const signOut = async (): Promise<void> => {
    const end = (): Promise<unknown> => call('auth.endsession');
    await end()
      .catch(() => reload().then(end)) // another page of the site may have signed in anew since
      .catch(() => {});
    await reload();
    go('/console/');
  };
  return html`<span class="who" title=${session.user.roles.join(', ')}>${session.user.fullname ?? session.user.username}</span>
    <button type="button" class="button button-quiet" onClick=${signOut}>Sign out</button>`;
}
