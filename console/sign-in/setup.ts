import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../call.ts';
import { html } from '../html.ts';
import { TextField } from '../parts/field.ts';
import { Notice } from '../parts/notice.ts';
import { PasswordField } from '../parts/password-field.ts';
import { useTitle } from '../parts/title.ts';
import { go } from '../route.ts';
import { checkKept, useSession } from '../session.ts';
import { useAction } from '../use-call.ts';
import { setupText } from './sign-in-errors.ts';

/** The secret of the link, kept out of the address and of the history from here on. */
function takeSecret(): string {
  const secret = location.hash.slice(1);
  if (secret !== '') history.replaceState(null, '', location.pathname);
  return secret;
}

/** Makes the first administrator, by the link that `polywire serve` has printed. */
export function Setup(): VNode {
  const { session } = useSession();
  const [secret] = useState(takeSecret);
  useTitle('Set up');
  if (!session.site.setup) {
    const signedIn = session.user !== undefined;
    return html`<div class="card narrow"><h1>This site has its administrator</h1>
      <p>The link has done its work, or somebody was quicker.</p>
      <p class="row">${signedIn ? html`<a class="button button-main" href="/console/administration">Go to the administration</a>` : html`<a class="button button-main" href="/console/sign-in">Sign in</a>`}</p></div>`;
  }
  if (secret === '') {
    return html`<div class="card narrow"><h1>The link is incomplete</h1>
      <p>Open the whole link that the server has printed when it was started; it ends with # and a secret.</p></div>`;
  }
  return html`<${SetupForm} secret=${secret} />`;
}

function SetupForm({ secret }: { readonly secret: string }): VNode {
  const { reload } = useSession();
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { busy, failure, run } = useAction();
  const differs = again !== '' && again !== password;
  const problemOf = (name: string): string | undefined => failure?.issues?.find(({ path }) => path === name)?.message;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || password !== again) return;
    const well = await run(() => call('console.setup', { secret, username, password }).then(checkKept));
    if (!well) return;
    go('/console/administration', true);
    await reload();
  };
  const told = failure !== undefined && problemOf('username') === undefined && problemOf('password') === undefined;
  return html`<form class="card narrow" onSubmit=${submit}>
    <h1>Set up the administrator</h1>
    <p class="muted">Who switches things on and off, and makes keys and users. The link that brought you here works once.</p>
    ${told ? html`<${Notice} tone="bad">${setupText(failure)}<//>` : null}
    <${TextField} label="User name" name="username" autocomplete="username" autocapitalize="off" spellcheck=${false} required
      value=${username} onInput=${setUsername} problem=${problemOf('username')} />
    <${PasswordField} label="Password" name="password" autocomplete="new-password" required minlength="8"
      hint="At least 8 characters; twelve or more are a good choice." value=${password} onInput=${setPassword} problem=${problemOf('password')} />
    <${PasswordField} label="The password again" autocomplete="new-password" required value=${again}
      onInput=${setAgain} problem=${differs ? 'These are two different passwords.' : undefined} />
    <button class="button button-main" aria-disabled=${busy ? 'true' : undefined}>Make the administrator</button>
  </form>`;
}
