import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { Failure } from '../call.ts';
import { html } from '../html.ts';
import { pathToRefusals, pathToSignIn } from '../route.ts';
import { may, SessionContext } from '../session.ts';

/** What stands where something is on its way. */
export function Loading({ what }: { readonly what: string }): VNode {
  return html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>Loading ${what} …</p>`;
}

/** What stands where there is nothing, and what can be done about it. */
export function Empty({
  title,
  page = false,
  children,
}: {
  readonly title: string;
  /** Whether it is all of the page, so that its title is the page's. */
  readonly page?: boolean;
  readonly children?: ComponentChildren;
}): VNode {
  const head = page ? html`<h1 class="empty-title">${title}</h1>` : html`<p class="empty-title">${title}</p>`;
  return html`<div class="empty">${head}${children}</div>`;
}

/** A message in a box of its own. */
export function Notice({
  tone = 'info',
  title,
  children,
}: {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad';
  readonly title?: string;
  readonly children?: ComponentChildren;
}): VNode {
  return html`<div class=${`notice notice-${tone}`} role=${tone === 'bad' ? 'alert' : 'status'}>
    ${title === undefined ? null : html`<p class="notice-title">${title}</p>`}
    ${children}
  </div>`;
}

const titles: Readonly<Record<string, string>> = {
  unreachable: 'The server cannot be reached',
  unauthenticated: 'Sign in to see this',
  'invalid-credentials': 'The session has ended',
  csrf: 'The session has changed',
  forbidden: 'You may not do this',
  'unknown-function': 'There is nothing here for you',
  'rate-limited': 'Too many requests',
};

/** What went wrong, in full: code, message, paths, and the request id by which it can be explained. */
export function FailureNotice({ failure, retry }: { readonly failure: Failure; readonly retry?: () => void }): VNode {
  const { code, message, issues = [], requestId, retryAfter } = failure;
  const signIn = code === 'unauthenticated' || code === 'invalid-credentials';
  return html`<${Notice} tone="bad" title=${titles[code] ?? 'That did not work'}>
    <p>${message}${retryAfter === undefined ? '' : ` Try again in ${retryAfter} s.`} <code>${code}</code></p>
    ${
      issues.length === 0
        ? null
        : html`<ul class="issues">
          ${issues.map((issue) => html`<li><code>${issue.path || 'request'}</code> ${issue.message}</li>`)}
        </ul>`
    }
    ${requestId === undefined ? null : html`<${RequestId} id=${requestId} />`}
    <p class="row">
      ${retry === undefined ? null : html`<button type="button" class="button" onClick=${retry}>Try again</button>`}
      ${code === 'csrf' ? html`<button type="button" class="button" onClick=${() => location.reload()}>Load the page again</button>` : null}
      ${signIn ? html`<a class="button" href=${pathToSignIn()}>Sign in</a>` : null}
    </p>
  <//>`;
}

/** What stands where a call has brought nothing yet. */
export function Waiting({
  called: { failure, reload },
  what,
}: {
  readonly called: { readonly failure: Failure | undefined; readonly reload: () => void };
  readonly what: string;
}): VNode {
  return failure === undefined
    ? html`<${Loading} what=${what} />`
    : html`<${FailureNotice} failure=${failure} retry=${reload} />`;
}

/** The id of a request, and the way to what the gates said of it for who may read that. */
function RequestId({ id }: { readonly id: string }): VNode {
  const session = useContext(SessionContext)?.session;
  const mayRead = session !== undefined && may(session, 'admin:audit');
  return html`<p class="small">Request <code>${id}</code> ${mayRead ? html`<a href=${pathToRefusals({ request: id })}>Why was it refused?</a>` : null}</p>`;
}
