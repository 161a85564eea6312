import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../call.ts';
import { html } from '../html.ts';
import { TextField } from '../parts/field.ts';
import { FailureNotice, Notice } from '../parts/notice.ts';
import { go } from '../route.ts';
import { useSession } from '../session.ts';
import { useAction } from '../use-call.ts';

/** The secret of the link, kept out of the address and of the history from here on. */
function takeSecret(): string {
  const secret = location.hash.slice(1);
  if (secret !== '') history.replaceState(null, '', location.pathname);
  return secret;
}

/** Makes the first administrator, by the link that `polywire serve` has printed. */
export function Setup(): VNode {
  const { session, reload } = useSession();
  const [secret] = useState(takeSecret);
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { busy, failure, run } = useAction();
  if (!session.site.setup) {
    return html`<${Notice} title="This site has its administrator"><a href="/console/sign-in">Sign in</a><//>`;
  }
  if (secret === '') {
    return html`<${Notice} tone="warn" title="The link is incomplete">
      <p>Open the whole link that the server has printed when it was started; it ends with # and a secret.</p>
    <//>`;
  }
  const differs = again !== '' && again !== password;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (password !== again) return;
    const well = await run(() => call('console.setup', { secret, username, password }).then(reload));
    if (well) go('/console/administration');
  };
  return html`<form class="card narrow" onSubmit=${submit}>
    <h1>Set up the administrator</h1>
    <p class="muted">Who switches things on and off, and makes keys and users. The link that brought you here works once.</p>
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} />`}
    <${TextField} label="User name" name="username" autocomplete="username" required value=${username} onInput=${setUsername} />
    <${TextField} label="Password" name="password" type="password" autocomplete="new-password" required minlength="8"
      hint="Twelve characters or more are a good choice." value=${password} onInput=${setPassword} />
    <${TextField} label="The password again" type="password" autocomplete="new-password" required value=${again}
      onInput=${setAgain} problem=${differs ? 'These are two different passwords.' : undefined} />
    <button class="button button-main" disabled=${busy || differs}>Make the administrator</button>
  </form>`;
}
