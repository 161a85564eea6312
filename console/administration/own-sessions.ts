import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../call.ts';
import { html } from '../html.ts';
import { Confirm } from '../parts/confirm.ts';
import { go } from '../route.ts';
import { useSession } from '../session.ts';
import { Facts, Items } from './records/facts.ts';

/** Who is signed in here, and the way out of every browser. */
export function OwnSessionsSection(): VNode {
  const { session, reload } = useSession();
  const [asked, setAsked] = useState(false);
  const { user } = session;
  const work = async (): Promise<void> => {
    await call('auth.endsessions');
    await reload();
    go('/console/sign-in');
  };
  return html`<div class="title-row"><h1>Your sessions</h1>
      <button type="button" class="button button-bad" onClick=${() => setAsked(true)}>Sign out everywhere</button></div>
    <p class="muted intro">You are signed in as below. “Sign out” above ends the session of this browser; signing out everywhere ends those of all browsers: do it after you have signed in somewhere that is not yours.</p>
    <${Facts} facts=${[
      ['User', user?.username ?? ''],
      ['Name', user?.fullname ?? html`<span class="muted">none</span>`],
      ['Roles', html`<${Items} items=${user?.roles ?? []} none="none that counts everywhere" />`],
      ['Capabilities', html`<${Items} items=${user?.capabilities ?? []} none="none" />`],
    ]} />
    ${
      asked
        ? html`<${Confirm} title="Sign out everywhere?" action="Sign out everywhere" work=${work} close=${() => setAsked(false)}>
          <p>All browsers in which you are signed in are signed out, this one too. Tokens and app passwords go on working.</p>
        <//>`
        : null
    }`;
}
