import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { html } from '../html.ts';
import { Tabs } from '../parts/tabs.ts';
import { useTitle } from '../parts/title.ts';
import { go, type Route } from '../route.ts';
import { FilterBar } from './filter-bar.ts';
import { Live } from './live.ts';
import { ChartsPanel, FunctionsPanel, QuotasPanel } from './panels.ts';
import { paceOf, spanOf } from './range.ts';
import { RangeBar } from './toolbar.ts';
import { useNow } from './use-now.ts';
import { type Panel, queryOf, type View, viewOf } from './view.ts';

/** Who calls what, how often, how long it takes and how it ends. */
export function Usage({ route }: { readonly route: Route }): VNode {
  const view = viewOf(route.query);
  useTitle('Usage');
  const moving = view.panel !== 'live' && typeof view.range === 'string';
  const { now, refresh } = useNow(moving ? paceOf(spanOf(view.range, 0, 'utc')) : undefined);
  const address = queryOf(view);
  const span = useMemo(() => spanOf(view.range, now, view.zone), [address, now]);
  const change = (changes: Partial<View>): void => {
    const next = queryOf({ ...view, ...changes });
    if (next !== address) go(`/console/usage${next}`, changes.panel === undefined);
    else refresh();
  };
  const shared = { view, span, now, change, refresh };
  const tabs = [
    { name: 'charts', title: 'Over time', view: () => html`<${ChartsPanel} ...${shared} />` },
    { name: 'functions', title: 'Functions', view: () => html`<${FunctionsPanel} ...${shared} />` },
    { name: 'quotas', title: 'Quotas', view: () => html`<${QuotasPanel} ...${shared} />` },
    { name: 'live', title: 'Live', view: () => html`<${Live} view=${view} />` },
  ];
  const ranged = view.panel === 'charts' || view.panel === 'functions';
  return html`<div class="usage">
    <h1>Usage</h1>
    <${RangeBar} view=${view} span=${span} change=${change} ranged=${ranged} />
    ${view.panel === 'quotas' ? null : html`<${FilterBar} view=${view} change=${change} />`}
    <${Tabs} label="Usage" tabs=${tabs} chosen=${view.panel} choose=${(panel: string) => change({ panel: panel as Panel })} />
  </div>`;
}
