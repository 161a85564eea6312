import type { VNode } from 'preact';
import { html } from '../html.ts';
import { Waiting } from '../parts/notice.ts';
import { useTitle } from '../parts/title.ts';
import type { Route } from '../route.ts';
import { useSession } from '../session.ts';
import { useCall } from '../use-call.ts';
import { FunctionList } from './function-list.ts';
import { FunctionPage } from './function-page.ts';
import { NoFunctions } from './no-functions.ts';
import type { ListedFunction } from './search.ts';
import { Start } from './start.ts';

/** Functions of the site, anew for each who signs in. */
export function Explorer({ route }: { readonly route: Route }): VNode {
  const { user } = useSession().session;
  return html`<${Functions} key=${user?.username} route=${route} />`;
}

/** The list of the functions, and the page of one. */
function Functions({ route }: { readonly route: Route }): VNode {
  const called = useCall<readonly ListedFunction[]>('console.functions');
  const { value } = called;
  const name = route.segments[1];
  const start = route.segments.length === 0 || value?.length === 0;
  const view = name !== undefined ? 'function' : start ? 'start' : 'list';
  useTitle(name ?? 'Functions');
  if (value === undefined) return html`<${Waiting} called=${called} what="the functions" />`;
  return html`<div class=${`explorer explorer-${view}`}>
    <${FunctionList} functions=${value} current=${name} />
    <div class="explorer-page">
      ${
        name !== undefined
          ? html`<${FunctionPage} key=${name} name=${name} query=${route.query} functions=${value} />`
          : value.length === 0
            ? html`<${NoFunctions} />`
            : html`<${Start} functions=${value} query=${route.query} />`
      }
    </div>
  </div>`;
}
