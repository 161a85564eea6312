import type { VNode } from 'preact';
import { html } from '../html.ts';
import { Empty } from '../parts/notice.ts';
import { Tabs } from '../parts/tabs.ts';
import { useSession } from '../session.ts';
import { AnswerPanel } from './answer-panel.ts';
import type { Described } from './described.ts';
import { FormPanel } from './form-panel.ts';
import { type Bench, useBench } from './use-bench.ts';
import { waysOf } from './wire/ways.ts';
import { WirePanel } from './wire-panel.ts';

/** The form of a function, its call in every protocol, and what comes back. */
export function Workbench({ fn, about, query }: Described & { readonly query: URLSearchParams }): VNode {
  const { session } = useSession();
  const ways = waysOf(about);
  const bench = useBench({ fn, about }, ways, query.get('protocol'), session);
  if (bench === undefined) {
    return html`<${Empty} title="It answers over no protocol now">
      ${
        session.site.on
          ? 'A protocol must be switched on, and the function too, before it can be called from here.'
          : 'Web services are switched off on this site.'
      }
    <//>`;
  }
  const view = (): VNode => html`<${Panel} bench=${bench} />`;
  return html`<section class="bench card" aria-label=${`Call ${fn.name}`}>
    <${Tabs} label="Protocol" tabs=${ways.map(({ name, title }) => ({ name, title, view }))} chosen=${bench.way.name}
      choose=${bench.choose} />
  </section>`;
}

function Panel({ bench }: { readonly bench: Bench }): VNode {
  return html`<div class="bench-halves">
    <${FormPanel} bench=${bench} />
    <div class="bench-wire">
      <${WirePanel} bench=${bench} />
      <${AnswerPanel} bench=${bench} />
    </div>
  </div>`;
}
