import type { VNode } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { useNarrow } from '../../parts/narrow.ts';
import { Empty, FailureNotice, Waiting } from '../../parts/notice.ts';
import { Switch } from '../../parts/switch.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { go, pathTo, type Route, withQuery } from '../../route.ts';
import { globsOf, patternOn, patternsOff, siteChange } from './changes.ts';
import { Matrix } from './matrix.ts';
import { PatternForm } from './pattern-form.ts';
import { AskBefore, AskWhich, Why } from './questions.ts';
import { SwitchList } from './switch-list.ts';
import { filteredRows, type Shown, type SwitchRow } from './switch-state.ts';
import { type Switchboard, useSwitchboard } from './switchboard.ts';

/** The switches of the site, its protocols and its functions. */
export function SwitchesSection({ route }: { readonly route: Route }): VNode {
  const { board, failure, retry } = useSwitchboard();
  if (board !== undefined) return html`<${Board} board=${board} words=${route.query.get('find') ?? ''} />`;
  return html`<${Waiting} called=${{ failure, reload: retry }} what="the switches" />`;
}

function Board({ board, words }: { readonly board: Switchboard; readonly words: string }): VNode {
  const narrow = useNarrow();
  const [shown, setShown] = useState<Shown>('all');
  const [which, setWhich] = useState<string | undefined>(undefined);
  const [asked, setAsked] = useState<readonly [name: string, protocol: string] | undefined>(undefined);
  const rows = filteredRows(board.rows, words, shown);
  const rowOf = (name: string | undefined) => board.rows.find((row) => row.name === name);
  const latest = useRef(board); // rows that are not drawn anew have actions that are as old as they
  latest.current = board;
  const toggle = useCallback((row: SwitchRow): void => {
    const { busy, make, switches } = latest.current;
    if (busy) return;
    if (row.by.length === 0) make(patternOn(switches, row.name));
    else if (globsOf(row.by).length === 0) make(patternsOff(switches, row.by));
    else setWhich(row.name);
  }, []);
  const why = useCallback((row: SwitchRow, protocol: string) => setAsked([row.name, protocol]), []);
  const [whichRow, whyRow] = [rowOf(which), rowOf(asked?.[0])];
  const actions = { board, rows, found: `${shown} ${words}`, toggle, why };
  return html`<h1>Switches</h1>
    <${SiteSwitch} board=${board} />
    ${board.failure === undefined ? null : html`<${FailureNotice} failure=${board.failure} />`}
    <${PatternForm} board=${board} />
    <${Toolbar} board=${board} words=${words} shown=${shown} setShown=${setShown} count=${rows.length} />
    ${rows.length === 0 ? html`<${Empty} title="No function matches" />` : narrow ? html`<${SwitchList} ...${actions} />` : html`<${Matrix} ...${actions} />`}
    <p class="visually-hidden" role="status">${board.said}</p>
    ${whichRow === undefined ? null : html`<${AskWhich} board=${board} row=${whichRow} close=${() => setWhich(undefined)} />`}
    ${whyRow === undefined ? null : html`<${Why} board=${board} row=${whyRow} protocol=${asked?.[1]} close=${() => setAsked(undefined)} />`}
    ${board.asked === undefined ? null : html`<${AskBefore} board=${board} change=${board.asked} />`}`;
}

function SiteSwitch({ board }: { readonly board: Switchboard }): VNode {
  const on = board.switches.enablewebservices;
  const text = on
    ? 'Functions that are on answer over the protocols that are on.'
    : 'Every call from outside is refused. This console goes on working.';
  return html`<div class="card site-switch">
    <div><strong>Web services are ${on ? 'on' : 'off'}</strong><p class="muted">${text}</p></div>
    <${Switch} label="Web services" on=${on} busy=${board.busy} onChange=${() => board.make(siteChange(board.switches))} />
  </div>`;
}

function Toolbar({
  board,
  words,
  shown,
  setShown,
  count,
}: {
  readonly board: Switchboard;
  readonly words: string;
  readonly shown: Shown;
  readonly setShown: (shown: Shown) => void;
  readonly count: number;
}): VNode {
  const find = (event: Event): void => {
    go(withQuery(pathTo('administration', 'switches'), { find: typedIn(event) }), true);
  };
  const choose = (event: Event): void => setShown(typedIn(event) as Shown);
  const on = board.rows.filter(({ by }) => by.length > 0).length;
  return html`<div class="toolbar">
    <input type="search" aria-label="Find functions" placeholder="Find functions" value=${words} onInput=${find} />
    <select aria-label="Which functions" value=${shown} onChange=${choose}>
      <option value="all">On and off</option><option value="on">On</option><option value="off">Off</option>
    </select>
    <span class="muted small" role="status">${count === board.rows.length ? '' : `${count} shown, `}${on} of ${board.rows.length} functions on</span>
  </div>`;
}
