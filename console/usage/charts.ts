import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.ts';
import type { Measure } from './chart/frame.ts';
import { TimeChart } from './chart/time-chart.ts';
import type { Group, UsageSeries } from './contract.ts';
import { filterValue, groupLayers, isBlank, latencyLayers, rateLayers, timelineOf } from './layers.ts';
import { countText, durationText, percentText, shortCountText, shortPercentText } from './number-text.ts';
import { Segments } from './segments.ts';
import type { Change } from './toolbar.ts';
import { Totals } from './totals.ts';
import { type Grouping, groupings, queryOf, type View } from './view.ts';

const counts: Measure = { whole: true, least: 1, axis: shortCountText, text: countText };
const shares: Measure = { whole: false, least: 0.02, axis: shortPercentText, text: percentText };
const durations: Measure = { whole: false, least: 1, axis: durationText, text: durationText };

/** Calls, errors and durations over time. */
export function Charts({
  answer,
  by,
  view,
  now,
  change,
}: {
  readonly answer: UsageSeries;
  /** What the answer is grouped by. */
  readonly by: Grouping;
  readonly view: View;
  /** When the answer was asked for. */
  readonly now: number;
  readonly change: Change;
}): VNode {
  const [at, choose] = useState<number | undefined>(undefined);
  const layers = useMemo(() => {
    const linkTo = (group: Group): string | undefined => narrowed(view, by, group);
    return {
      calls: groupLayers(answer, by, 'calls', linkTo),
      errors: groupLayers(answer, by, 'errors', linkTo),
      rate: rateLayers(answer),
      latency: latencyLayers(answer),
    };
  }, [answer, by, queryOf(view)]);
  const timeline = useMemo(() => timelineOf(answer, now), [answer]);
  const shared = { timeline, zone: view.zone, at, choose };
  const none = isBlank(layers.calls) ? 'No calls in this time' : undefined;
  const noErrors = none ?? (isBlank(layers.errors) ? 'No errors in this time' : undefined);
  return html`<${Totals} total=${answer.total} />
    <${GroupingChoice} by=${view.by} change=${change} />
    <div class="charts">
      <${TimeChart} ...${shared} title="Calls" unit=${`by ${by}`} kind="bars" layers=${layers.calls} measure=${counts} blank=${none} />
      <${TimeChart} ...${shared} title="Errors" unit=${`by ${by}`} kind="bars" layers=${layers.errors} measure=${counts} blank=${noErrors} />
      <${TimeChart} ...${shared} title="Error rate" unit="errors in 100 calls" kind="lines" layers=${layers.rate} measure=${shares} blank=${none} />
      <${TimeChart} ...${shared} title="Latency" unit="how long calls took" kind="lines" layers=${layers.latency} measure=${durations} blank=${none} />
    </div>`;
}

/** The address of the same view for one group only. */
function narrowed(view: View, by: Grouping, group: Group): string | undefined {
  const value = filterValue(group, by);
  const filter = by === 'outcome' ? 'code' : by;
  return value === undefined ? undefined : `/console/usage${queryOf({ ...view, [filter]: value })}`;
}

function GroupingChoice({ by, change }: { readonly by: Grouping; readonly change: Change }): VNode {
  return html`<div class="row grouping">
    <span class="label" id="usage-by">Calls and errors by</span>
    <${Segments} aria-labelledby="usage-by"
      segments=${groupings.map((name) => ({ title: name, on: name === by, choose: () => change({ by: name }) }))} />
  </div>`;
}
