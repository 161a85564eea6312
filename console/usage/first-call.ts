import type { VNode } from 'preact';
import { html } from '../html.ts';
import { Empty } from '../parts/notice.ts';
import { pathTo } from '../route.ts';

/** What stands where nobody has called anything yet. */
export function FirstCall(): VNode {
  return html`<${Empty} title="Nobody has called a function yet">
    <p>Calls appear here by themselves.${' '}
      <a href=${pathTo('functions', 'test.greet')}>Make the first one: test.greet</a> needs a name and answers with a greeting.</p>
  <//>`;
}
