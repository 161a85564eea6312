import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../call.ts';
import { html } from '../html.ts';
import { TextField } from '../parts/field.ts';
import { Notice } from '../parts/notice.ts';
import { PasswordField } from '../parts/password-field.ts';
import { useTitle } from '../parts/title.ts';
import { go, type Route } from '../route.ts';
import { checkKept, type Session, useSession } from '../session.ts';
import { useAction } from '../use-call.ts';
import { placeAfter, signInText } from './sign-in-errors.ts';

/** Begins a session; says so where none can be begun. */
export function SignIn({ route }: { readonly route: Route }): VNode {
  const { session } = useSession();
  useTitle('Sign in');
  return (hindrance(session) ?? html`<${SignInForm} to=${placeAfter(route.query.get('to'))} />`) as VNode;
}

function hindrance({ user, site }: Session): VNode | undefined {
  if (user !== undefined) {
    return html`<div class="card narrow"><h1>You are signed in</h1>
      <p>As <strong>${user.fullname ?? user.username}</strong>.</p>
      <p class="row"><a class="button button-main" href="/console/">Go to the functions</a></p></div>`;
  }
  if (!site.database) {
    return html`<div class="card narrow"><h1>Nobody signs in here</h1>
      <p>${site.demo ? 'This is the demo: it keeps no users, and everything is open to this machine.' : 'This site has no database, so it has no users.'}</p>
      <p class="row"><a class="button" href="/console/">Go to the functions</a></p></div>`;
  }
  if (site.setup) {
    return html`<div class="card narrow"><h1>There is no administrator yet</h1>
      <p>Open the link that <code>polywire serve</code> has printed where it was started. It ends with # and a secret, works once, and makes you the administrator.</p>
      <p class="muted">The link is lost or too old? Start the server again: it prints a new one.</p></div>`;
  }
  return undefined;
}

function SignInForm({ to }: { readonly to: string }): VNode {
  const { reload } = useSession();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const well = await run(() => call('auth.startsession', { username, password }).then(checkKept).then(reload));
    if (well) go(to);
    else form.current?.querySelector<HTMLInputElement>('input[name="password"]')?.focus();
  };
  return html`<form class="card narrow" ref=${form} onSubmit=${submit}>
    <h1>Sign in</h1>
    ${failure === undefined ? null : html`<${Notice} tone="bad">${signInText(failure)}<//>`}
    <${TextField} label="User name" name="username" autocomplete="username" autocapitalize="off" spellcheck=${false} required
      value=${username} onInput=${setUsername} />
    <${PasswordField} label="Password" name="password" autocomplete="current-password" required value=${password} onInput=${setPassword} />
    <button class="button button-main" aria-disabled=${busy ? 'true' : undefined}>${busy ? 'Signing in …' : 'Sign in'}</button>
  </form>`;
}
