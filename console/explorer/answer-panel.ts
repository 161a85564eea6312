import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../client/client.ts';
import { html } from '../html.ts';
import { Code } from '../parts/code.ts';
import { FailureNotice, Notice } from '../parts/notice.ts';
import { Tabs } from '../parts/tabs.ts';
import { pathToRefusals } from '../route.ts';
import type { Session } from '../session.ts';
import { faultWords } from './fault-words.ts';
import type { Bench, Outcome } from './use-bench.ts';
import { cut, pretty } from './wire/pretty.ts';
import { type Received, resultText } from './wire/send.ts';

/** What came of the last call. */
export function AnswerPanel({ bench }: { readonly bench: Bench }): VNode {
  const { outcome, busy } = bench;
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (outcome !== undefined) element.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  const content = useMemo(() => contentOf(outcome, bench), [outcome]);
  return html`<section class="answer" ref=${element} aria-label="Answer" aria-busy=${busy ? 'true' : 'false'}>
    <h2>Answer</h2>
    <div role="status">${outcome === undefined ? null : html`<${Summary} outcome=${outcome} />`}</div>
    ${outcome === undefined ? html`<p class="muted">${busy ? 'On its way …' : 'Nothing has been sent yet.'}</p>` : content}
  </section>`;
}

/** What came back, or why nothing did; drawn once, since answers are long and the form beside them changes by the key. */
function contentOf(outcome: Outcome | undefined, bench: Bench): VNode | null {
  if (outcome?.failure !== undefined) return html`<${FailureNotice} failure=${outcome.failure} />`;
  if (outcome?.received === undefined) return null;
  return html`<${Arrived} session=${bench.session} received=${outcome.received} />`;
}

/** Status, time and size in a line. */
function Summary({ outcome }: { readonly outcome: Outcome }): VNode | null {
  const { received, way } = outcome;
  if (received === undefined) return null;
  const { answer, status, statusText, ms, size } = received;
  const tone = answer?.ok ? 'good' : 'bad';
  return html`<p class="answer-summary">
    <span class=${`pill pill-${tone}`}>${answer === undefined ? 'unreadable' : answer.ok ? 'It worked' : 'Refused'}</span>
    <span>${way.title}, HTTP ${status} ${statusText}</span>
    <span>${ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en')} ms</span>
    <span>${size.toLocaleString('en')} bytes</span>
  </p>`;
}

function Arrived({ session, received }: { readonly session: Session; readonly received: Received }): VNode {
  const [chosen, choose] = useState('result');
  const { answer, text, headers, requestId, unread } = received;
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  const tabs = [
    ...(answer?.ok
      ? [
          {
            name: 'result',
            title: 'Result',
            view: () => html`<${Code} label="result" text=${cut(resultText(answer.value))} />`,
          },
        ]
      : []),
    { name: 'body', title: 'Body', view: () => html`<${Code} label="body" text=${cut(pretty(text))} />` },
    { name: 'raw', title: 'Raw', view: () => html`<${Code} label="raw body" text=${cut(text)} />` },
    { name: 'headers', title: 'Headers', view: () => html`<${Code} label="headers" text=${lines} />` },
  ];
  return html`
    ${answer?.ok === false ? html`<${Refused} answer=${answer} />` : null}
    ${unread === undefined ? null : html`<${Notice} tone="warn" title="This is not what the function promises"><p>${unread}</p><//>`}
    <${Tabs} label="Answer" tabs=${tabs} chosen=${chosen} choose=${choose} />
    <${RequestId} id=${requestId} explained=${session.pages.includes('administration') && answer?.ok !== true} />`;
}

/** A fault in plain words. */
function Refused({ answer }: { readonly answer: Extract<Answer, { ok: false }> }): VNode {
  const { code, message, issues, data, retryAfter } = answer;
  const words = faultWords(code);
  return html`<${Notice} tone="bad" title=${message}>
    <p><code>${code}</code>${words === undefined ? ' is an error that this function declares.' : ` ${words}`}${retryAfter === undefined ? '' : ` Try again in ${retryAfter} s.`}</p>
    ${data === undefined ? null : html`<${Code} label="data of the error" text=${resultText(data)} />`}
    ${
      issues.length === 0
        ? null
        : html`<ul class="issues">${issues.map((issue) => html`<li><code>${issue.path || 'call'}</code> ${issue.message}</li>`)}</ul>`
    }
  <//>`;
}

/** The name of the call in the log, and where its refusal is explained to those who may know. */
function RequestId({ id, explained }: { readonly id: string | undefined; readonly explained: boolean }): VNode | null {
  if (id === undefined) return null;
  return html`<p class="small muted request-id">
    Request <code>${id}</code>
    ${explained ? html` <a href=${pathToRefusals({ request: id })}>Why?</a>` : null}
  </p>`;
}
