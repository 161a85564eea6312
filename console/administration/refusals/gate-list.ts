import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { pathTo, withQuery } from '../../route.ts';
import { may, useSession } from '../../session.ts';
import { type Explanation, type GateState, type GateVerdict, gateState } from './explanation.ts';
import { type CallFacts, gateTitle, mendsOf } from './gates.ts';

/** Where a refusal can be mended, as far as this user may. */
export function Mends({ gate, facts }: { readonly gate: string; readonly facts: CallFacts }): VNode | null {
  const { session } = useSession();
  const mends = mendsOf(gate, facts).filter(({ right }) => may(session, right));
  if (mends.length === 0) return null;
  return html`<p class="row mends">
    ${mends.map(({ text, place, query }) => {
      const path = withQuery(pathTo('administration', ...place), query ?? {});
      return html`<a class="button button-small" href=${path}>${text}</a>`;
    })}
  </p>`;
}

const words: Readonly<Record<GateState, string>> = {
  passed: 'Passed',
  refused: 'Refused',
  'not-asked': 'Not asked',
  'not-reached': 'Not reached',
};

function Gate({
  verdict,
  first,
  facts,
}: {
  readonly verdict: GateVerdict;
  readonly first: boolean;
  readonly facts: CallFacts;
}): VNode {
  const state = gateState(verdict);
  const pill = state === 'passed' ? 'pill-good' : state === 'refused' ? 'pill-bad' : '';
  return html`<li class=${`gate gate-${state}`} aria-current=${first ? 'step' : undefined}>
    <span class=${`pill ${pill}`}>${words[state]}</span>
    <div>
      <p class="gate-title">${gateTitle(verdict.gate)} <code class="small muted">${verdict.gate}</code></p>
      <p class=${state === 'refused' ? '' : 'muted small'}>${verdict.reason}.</p>
      ${state === 'refused' ? html`<${Mends} gate=${verdict.gate} facts=${facts} />` : null}
    </div>
  </li>`;
}

function laterText(count: number): string {
  if (count === 0) return '';
  return ` When that is mended, ${count === 1 ? 'one more gate' : `${count} more gates`} would refuse.`;
}

/** The first refusal, with what mends it; or that there is none. */
function Outcome({ explanation, facts }: { readonly explanation: Explanation; readonly facts: CallFacts }): VNode {
  const refusals = explanation.gates.filter(({ verdict }) => verdict === 'refuse');
  const [first] = refusals;
  if (first === undefined) {
    return html`<div class="notice notice-good" role="status"><p class="notice-title">The call would pass now</p>
      <p>If its secrets and its parameters are right, and calls are left.</p></div>`;
  }
  return html`<div class="notice notice-bad" role="status">
    <p class="notice-title">The call would be refused now, by the gate “${gateTitle(first.gate)}”</p>
    <p>${first.reason}.</p>
    <p>The caller would be told <code>${first.code}</code>.${laterText(refusals.length - 1)}</p>
    <${Mends} gate=${first.gate} facts=${facts} />
  </div>`;
}

/** What every gate says of a supposed call, in their order. */
export function GateList({
  explanation,
  facts,
}: {
  readonly explanation: Explanation;
  readonly facts: CallFacts;
}): VNode {
  const { gate, gates } = explanation;
  return html`<${Outcome} explanation=${explanation} facts=${facts} />
    <ol class="gates">
      ${gates.map((verdict) => html`<${Gate} key=${verdict.gate} verdict=${verdict} first=${verdict.gate === gate} facts=${facts} />`)}
    </ol>`;
}
