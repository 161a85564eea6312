import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../../html.ts';
import { holdPlace, moveInGrid, openGrid } from '../../parts/grid-keys.ts';
import { kept, useGrowing } from '../../parts/kept.ts';
import { Switch } from '../../parts/switch.ts';
import { protocolChange } from './changes.ts';
import { groupedRows, isPublic, type Obstacle, obstaclesTo, type SwitchRow } from './switch-state.ts';
import type { Switchboard } from './switchboard.ts';

/** What the rows of switches do. */
export interface RowActions {
  readonly toggle: (row: SwitchRow) => void;
  readonly why: (row: SwitchRow, protocol: string) => void;
}

/** The rows that are shown, and what they were found by. */
export interface RowsProps extends RowActions {
  readonly board: Switchboard;
  readonly rows: readonly SwitchRow[];
  readonly found: string;
}

const obstacleWords: Readonly<Record<Obstacle, (protocol: string) => string>> = {
  site: () => 'web services are off',
  protocol: (protocol) => `${protocol} is off`,
  function: () => 'the function is off',
};

/** Whether a function answers, in words: for screen readers and the pointer. */
export function answerText(row: SwitchRow, protocol: string, board: Switchboard): string {
  const obstacles = obstaclesTo(row, protocol, board.switches);
  return obstacles.length === 0 ? 'answers' : obstacles.map((one) => obstacleWords[one](protocol)).join(', ');
}

/** What is said of a function beside its name. */
export function RowNotes({ row }: { readonly row: SwitchRow }): VNode {
  const by = row.by.filter((one) => one !== row.name);
  return html`<span class="row-notes">
    ${row.effect === 'write' ? html`<span class="pill">writes</span>` : null}
    ${isPublic(row) ? html`<span class=${`pill ${row.effect === 'write' ? 'pill-warn' : ''}`}>public</span>` : null}
    ${row.listed ? null : html`<span class="pill">not listed</span>`}
    ${by.length === 0 ? null : html`<span class="pill pill-accent">on by ${by.join(', ')}</span>`}
  </span>`;
}

/** Functions against protocols: what answers, and every switch. */
export function Matrix({ board, rows, found, toggle, why }: RowsProps): VNode {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => openGrid(table.current));
  const { protocols, switches } = board;
  return html`<div class="table-scroll matrix-scroll">
    <table class="matrix" role="grid" aria-label="Functions and protocols" ref=${table} onKeyDown=${moveInGrid} onFocusIn=${holdPlace}>
      <thead><tr>
        <th scope="col" class="matrix-name">Function</th>
        ${protocols.map((protocol) => {
          const on = switches.enabledwsprotocols.includes(protocol);
          return html`<th scope="col" class="matrix-cell">
            <span class="matrix-protocol">${protocol}</span>
            <${Switch} label=${protocol} on=${on} busy=${board.busy} data-stop tabindex=${-1}
              onChange=${() => board.make(protocolChange(switches, protocol))} />
          </th>`;
        })}
      </tr></thead>
      ${groupedRows(rows, useGrowing(rows.length, found)).map(
        ({ name, on, count, drawn }) => html`<tbody key=${name}>
          <tr class="matrix-group"><th scope="rowgroup" colspan=${protocols.length + 1}>${name || 'Others'}
            <span class="muted">${on} of ${count} on</span></th></tr>
          ${drawn.map((row) => html`<${Row} key=${row.name} row=${row} board=${board} toggle=${toggle} why=${why} />`)}
        </tbody>`,
      )}
    </table>
  </div>`;
}

/** A row, for the matrix and for the list. */
export interface RowProps extends RowActions {
  readonly row: SwitchRow;
  readonly board: Switchboard;
}

/** All that a row shows: where it stays the same, the row is not drawn anew. */
export function rowContent({ row, board: { protocols, switches } }: RowProps): string {
  const { enablewebservices, enabledwsprotocols } = switches;
  return JSON.stringify([row, protocols, enablewebservices, enabledwsprotocols]);
}

const Row = kept(({ row, board, toggle, why }: RowProps) => {
  const on = row.by.length > 0;
  return html`<tr>
    <th scope="row" class="matrix-name">
      <div class="matrix-function">
        <${Switch} label=${row.name} on=${on} data-stop tabindex=${-1} onChange=${() => toggle(row)} />
        <div><span class="matrix-title" title=${row.title}>${row.name}</span><${RowNotes} row=${row} /></div>
      </div>
    </th>
    ${board.protocols.map((protocol) => {
      const text = answerText(row, protocol, board);
      const answers = text === 'answers';
      return html`<td class="matrix-cell">
        <button type="button" class=${answers ? 'answers' : 'silent'} data-stop tabindex=${-1} title=${text}
          aria-label=${`${row.name} over ${protocol}: ${text}`} onClick=${() => why(row, protocol)}></button>
      </td>`;
    })}
  </tr>`;
}, rowContent);
