import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { pathTo } from '../../route.ts';
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
      const path = pathTo('administration', ...place) + (query === undefined ? '' : `?${new URLSearchParams(query)}`);
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

/** What every gate says of a supposed call, in their order. */
export function GateList({
  explanation,
  facts,
}: {
  readonly explanation: Explanation;
  readonly facts: CallFacts;
}): VNode {
  const { allowed, gate, gates } = explanation;
  const refusals = gates.filter(({ verdict }) => verdict === 'refuse');
  const code = refusals[0]?.code;
  return html`<div class=${`notice ${allowed ? 'notice-good' : 'notice-bad'}`} role="status">
      <p class="notice-title">${allowed ? 'The call would pass now' : `The call would be refused now, by the gate “${gateTitle(gate ?? '')}”`}</p>
      ${allowed ? html`<p>If its secrets and its parameters are right.</p>` : null}
      ${code === undefined ? null : html`<p>The caller would be told <code>${code}</code>.${refusals.length > 1 ? ` ${refusals.length - 1} more ${refusals.length === 2 ? 'gate' : 'gates'} would refuse after that one is mended.` : ''}</p>`}
    </div>
    <ol class="gates">
      ${gates.map((verdict) => html`<${Gate} key=${verdict.gate} verdict=${verdict} first=${verdict.gate === gate} facts=${facts} />`)}
    </ol>`;
}
