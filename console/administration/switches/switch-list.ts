import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { Switch } from '../../parts/switch.ts';
import { protocolChange } from './changes.ts';
import { answerText, type RowActions, RowNotes } from './matrix.ts';
import { groupedRows, type SwitchRow } from './switch-state.ts';
import type { Switchboard } from './switchboard.ts';

/** The protocols and functions one below the other: the matrix for narrow windows. */
export function SwitchList({
  board,
  rows,
  toggle,
  why,
}: RowActions & { readonly board: Switchboard; readonly rows: readonly SwitchRow[] }): VNode {
  const { protocols, switches } = board;
  return html`<div class="switch-list">
    <h2>Protocols</h2>
    <ul class="lines">
      ${protocols.map(
        (protocol) => html`<li class="line">
          <span class="line-main">${protocol}</span>
          <${Switch} label=${protocol} on=${switches.enabledwsprotocols.includes(protocol)} busy=${board.busy}
            onChange=${() => board.make(protocolChange(switches, protocol))} />
        </li>`,
      )}
    </ul>
    ${groupedRows(rows).map(
      ([group, members]) => html`<section key=${group}>
        <h2>${group || 'Other functions'}</h2>
        <ul class="lines">
          ${members.map((row) => html`<${Line} key=${row.name} row=${row} board=${board} toggle=${toggle} why=${why} />`)}
        </ul>
      </section>`,
    )}
  </div>`;
}

function Line({
  row,
  board,
  toggle,
  why,
}: RowActions & { readonly row: SwitchRow; readonly board: Switchboard }): VNode {
  return html`<li class="line">
    <div class="line-main">
      <span class="mono">${row.name}</span>
      <${RowNotes} row=${row} />
      <span class="line-protocols">
        ${board.protocols.map((protocol) => {
          const text = answerText(row, protocol, board);
          return html`<button type="button" class=${text === 'answers' ? 'pill pill-good' : 'pill pill-silent'}
            aria-label=${`${row.name} over ${protocol}: ${text}`} onClick=${() => why(row, protocol)}>${protocol}</button>`;
        })}
      </span>
    </div>
    <${Switch} label=${row.name} on=${row.by.length > 0} busy=${board.busy} onChange=${() => toggle(row)} />
  </li>`;
}
