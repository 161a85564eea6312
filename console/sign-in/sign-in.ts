import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../call.ts';
import { html } from '../html.ts';
import { TextField } from '../parts/field.ts';
import { FailureNotice } from '../parts/notice.ts';
import { go } from '../route.ts';
import { useSession } from '../session.ts';
import { useAction } from '../use-call.ts';

/** Begins a session. */
export function SignIn(): VNode {
  const { reload } = useSession();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useAction();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const well = await run(() => call('auth.startsession', { username, password }).then(reload));
    if (well) go('/console/');
  };
  return html`<form class="card narrow" onSubmit=${submit}>
    <h1>Sign in</h1>
    ${failure === undefined ? null : html`<${FailureNotice} failure=${failure} />`}
    <${TextField} label="User name" name="username" autocomplete="username" required value=${username} onInput=${setUsername} />
    <${TextField} label="Password" name="password" type="password" autocomplete="current-password" required
      value=${password} onInput=${setPassword} />
    <button class="button button-main" disabled=${busy}>Sign in</button>
  </form>`;
}
