import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { TextField } from '../parts/field.ts';
import { typedIn } from '../parts/typed-in.ts';
import { inputText, inputTime, offsetText, spanText, type Zone } from './clock.ts';
import { lasting, type Span, stepText } from './range.ts';
import { Segments } from './segments.ts';
import type { View } from './view.ts';

/** Changes what is looked at. */
export type Change = (change: Partial<View>) => void;

/** Chooses the stretch of time, and by whose clock it is told. */
export function RangeBar({
  view,
  span,
  ranged,
  change,
}: {
  readonly view: View;
  readonly span: Span;
  /** Whether what is shown has a range. */
  readonly ranged: boolean;
  readonly change: Change;
}): VNode {
  const { since, until, step } = span;
  const own = ranged && typeof view.range !== 'string';
  return html`<div class="range-bar">
    ${ranged ? html`<${RangeChoice} view=${view} span=${span} change=${change} />` : null}
    <${ZoneChoice} zone=${view.zone} at=${until} change=${change} />
    ${own ? html`<${OwnRange} view=${view} span=${span} change=${change} />` : null}
    ${
      ranged
        ? html`<p class="range-text muted small">${spanText(since, until, view.zone)}, in steps of ${stepText(step)}</p>`
        : null
    }
  </div>`;
}

function RangeChoice({
  view,
  span: { since, until },
  change,
}: {
  readonly view: View;
  readonly span: Span;
  readonly change: Change;
}): VNode {
  const own = typeof view.range !== 'string';
  const segments = [
    ...lasting.map(({ name, title }) => ({
      title,
      on: view.range === name,
      choose: () => change({ range: name }),
    })),
    { title: 'Custom', on: own, choose: () => (own ? undefined : change({ range: { since, until } })) },
  ];
  return html`<${Segments} aria-label="Range of time" segments=${segments} />`;
}

function ZoneChoice({
  zone,
  at,
  change,
}: {
  readonly zone: Zone;
  readonly at: number;
  readonly change: Change;
}): VNode {
  const place = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offset = offsetText(at, 'local');
  const choose = (event: Event): void => change({ zone: typedIn(event) === 'utc' ? 'utc' : 'local' });
  return html`<label class="zone">Times in
    <select value=${zone} onChange=${choose}>
      <option value="local">${`local time: ${place === offset ? '' : `${place}, `}${offset}`}</option>
      <option value="utc">UTC</option>
    </select>
  </label>`;
}

/** Two times to choose; they count once both are there and in their order. */
function OwnRange({
  view,
  span,
  change,
}: {
  readonly view: View;
  readonly span: Span;
  readonly change: Change;
}): VNode {
  const { since, until } = typeof view.range === 'string' ? span : view.range;
  const [from, setFrom] = useState(inputText(since, view.zone));
  const [to, setTo] = useState(inputText(until, view.zone));
  useEffect(() => {
    setFrom(inputText(since, view.zone));
    setTo(inputText(until, view.zone));
  }, [since, until, view.zone]);
  const begins = inputTime(from, view.zone);
  const ends = inputTime(to, view.zone);
  const right = begins !== undefined && ends !== undefined && begins < ends;
  const problem = right ? undefined : 'Must be later than the other time.';
  const submit = (event: Event): void => {
    event.preventDefault();
    if (right) change({ range: { since: begins, until: ends } });
  };
  return html`<form class="own-range" onSubmit=${submit}>
    <${TextField} type="datetime-local" label="From" required value=${from} onInput=${setFrom} />
    <${TextField} type="datetime-local" label="Until" required value=${to} onInput=${setTo} problem=${problem} />
    <button class="button" disabled=${!right}>Show</button>
  </form>`;
}
