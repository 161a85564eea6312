import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { html } from '../html.ts';
import { typedIn } from '../parts/typed-in.ts';
import type { Bench } from './use-bench.ts';
import { type Credential, takesSession } from './wire/credential.ts';

const kinds = { none: 'Nobody', key: 'API key', token: 'Token', session: 'My session' } as const;

/** As whom the call is made. What is typed stays in this page. */
export function CredentialPicker({ bench }: { readonly bench: Bench }): VNode | null {
  const { credential, identify, way, session } = bench;
  const id = useId();
  if (way.name === 'console')
    return html`<p class="credential hint">
      ${session.user === undefined ? 'It is called by nobody in particular: you are not signed in.' : `It is called as ${session.user.username}, by your session.`}
    </p>`;
  const possible = session.user !== undefined && takesSession(way.name);
  const shown = (Object.keys(kinds) as Credential['kind'][]).filter((kind) => kind !== 'session' || possible);
  const secret = credential.kind === 'key' || credential.kind === 'token';
  return html`<fieldset class="credential">
    <legend>Call as</legend>
    <div class="row">
      ${shown.map(
        (kind) => html`<label class="call-as"><input type="radio" name=${id} checked=${credential.kind === kind}
          onChange=${() => identify({ kind, secret: '' })} />${kinds[kind]}</label>`,
      )}
    </div>
    ${
      secret
        ? html`<input type="password" class="mono" autocomplete="off" aria-label=${kinds[credential.kind]} value=${credential.secret}
          placeholder=${credential.kind === 'key' ? 'sent as X-API-Key' : 'sent as Authorization: Bearer'}
          onInput=${(event: Event) => identify({ kind: credential.kind, secret: typedIn(event) })} />`
        : null
    }
  </fieldset>`;
}
