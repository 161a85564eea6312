import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { kept, useGrowing } from '../../parts/kept.ts';
import { Switch } from '../../parts/switch.ts';
import { protocolChange } from './changes.ts';
import { answerText, RowNotes, type RowProps, type RowsProps, rowContent } from './matrix.ts';
import { groupedRows } from './switch-state.ts';

/** The protocols and functions one below the other: the matrix for narrow windows. */
export function SwitchList({ board, rows, found, toggle, why }: RowsProps): VNode {
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
    ${groupedRows(rows, useGrowing(rows.length, found)).map(
      ({ name, on, count, drawn }) => html`<section key=${name}>
        <h2>${name || 'Other functions'} <span class="muted small">${on} of ${count} on</span></h2>
        <ul class="lines">
          ${drawn.map((row) => html`<${Line} key=${row.name} row=${row} board=${board} toggle=${toggle} why=${why} />`)}
        </ul>
      </section>`,
    )}
  </div>`;
}

const Line = kept(({ row, board, toggle, why }: RowProps) => {
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
    <${Switch} label=${row.name} on=${row.by.length > 0} onChange=${() => toggle(row)} />
  </li>`;
}, rowContent);
