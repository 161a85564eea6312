import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { Confirm } from '../../parts/confirm.ts';
import { Dialog } from '../../parts/dialog.ts';
import { Notice } from '../../parts/notice.ts';
import { pathTo, pathToRefusals } from '../../route.ts';
import { type Change, functionOff, globsOf, patternOn, patternsOff, protocolChange, siteChange } from './changes.ts';
import { patternsFor } from './patterns.ts';
import { consequenceOf, type Obstacle, obstaclesTo, type SwitchRow } from './switch-state.ts';
import type { Switchboard } from './switchboard.ts';

/** Names in a list that scrolls where there are many. */
export function Names({ names }: { readonly names: readonly string[] }): VNode {
  return html`<ul class="names" tabindex=${names.length > 6 ? 0 : undefined}>
    ${names.map((name) => html`<li><code>${name}</code></li>`)}
  </ul>`;
}

/** Asks before a change that opens functions to everybody, or after which nothing answers. */
export function AskBefore({ board, change }: { readonly board: Switchboard; readonly change: Change }): VNode {
  const { opens, silences, ends } = consequenceOf(board.functions, board.switches, change.after);
  return html`<${Confirm} title=${change.title} action=${change.action} tone=${silences ? 'bad' : 'main'}
    work=${() => board.apply(change)} close=${board.forget}>
    ${
      silences
        ? html`<${Notice} tone="warn" title="Nothing will answer any more">
            <p>${ends === 1 ? 'One function answers' : `${ends} functions answer`} now. After this, every call from outside is refused,
            over every protocol. This console goes on working, so you can switch things on again.</p>
          <//>`
        : null
    }
    ${
      opens.length === 0
        ? null
        : html`<${Notice} tone="warn" title="Anybody could call these, and they write">
            <p>${opens.length === 1 ? 'This function asks' : 'These functions ask'} for no key and no user: whoever reaches this site
            can change something by ${opens.length === 1 ? 'it' : 'them'}.</p>
            <${Names} names=${opens} />
          <//>`
    }
  <//>`;
}

/** Switching off what a glob switches on: everything of the glob, or this function alone. */
export function AskWhich({
  board,
  row,
  close,
}: {
  readonly board: Switchboard;
  readonly row: SwitchRow;
  readonly close: () => void;
}): VNode {
  const globs = globsOf(row.by);
  const by = patternsFor(globs);
  const others = board.rows.filter(({ name }) => name !== row.name && by(name).length > 0).map(({ name }) => name);
  const choose = (change: Change): void => {
    close();
    board.make(change);
  };
  const known = board.rows.map(({ name }) => name);
  return html`<${Dialog} title=${`Switch ${row.name} off?`} close=${close}>
    <p>It is on by ${globs.map((glob) => html`<code>${glob}</code>, `)}${globs.length === 1 ? 'a pattern that' : 'patterns that'} also
    switch${globs.length === 1 ? 'es' : ''} on ${others.length === 1 ? 'one other function' : `${others.length} other functions`}${others.length > 0 ? ':' : '.'}</p>
    ${others.length > 0 ? html`<${Names} names=${others} />` : null}
    <div class="question-choices">
      <button type="button" class="button" onClick=${() => choose(functionOff(board.switches, row.name, known))}>
        Switch off only ${row.name}
      </button>
      <p class="hint">${globs.join(', ')} is replaced by the names of the other functions. Functions that are added later are then not on by themselves.</p>
      <button type="button" class="button" onClick=${() => choose(patternsOff(board.switches, row.by))}>
        Switch off all of ${globs.join(', ')}
      </button>
      <p class="hint">Also what is named and matches.</p>
    </div>
  <//>`;
}

const obstacleTexts: Readonly<Record<Obstacle, (row: SwitchRow, protocol: string) => string>> = {
  site: () => 'Web services are off as a whole.',
  protocol: (_, protocol) => `${protocol} is off.`,
  function: ({ name }) => `${name} is off.`,
};

function mendOf(obstacle: Obstacle, { switches }: Switchboard, row: SwitchRow, protocol: string): Change {
  if (obstacle === 'site') return siteChange(switches);
  return obstacle === 'protocol' ? protocolChange(switches, protocol) : patternOn(switches, row.name);
}

/** What a function wants of its callers. */
function callersText({ access }: SwitchRow): string {
  if (access === undefined) return '';
  const wants = [
    ...(access.client === 'required' ? ['an API key'] : []),
    ...(access.user === 'required' ? ['a known user'] : []),
    ...access.capabilities.map((capability) => `the capability ${capability}`),
  ];
  return wants.length === 0 ? 'Its callers need nothing: it is public.' : `Its callers need ${wants.join(', ')}.`;
}

/** Whether a function answers over a protocol, why not, and what would mend it. */
export function Why({
  board,
  row,
  protocol,
  close,
}: {
  readonly board: Switchboard;
  readonly row: SwitchRow;
  readonly protocol: string;
  readonly close: () => void;
}): VNode {
  const obstacles = obstaclesTo(row, protocol, board.switches);
  const explain = pathToRefusals({ function: row.name, protocol });
  return html`<${Dialog} title=${`${row.name} over ${protocol}`} close=${close}>
    <p>${obstacles.length === 0 ? 'It answers now.' : 'It does not answer now:'}</p>
    ${obstacles.map(
      (obstacle) => html`<p class="mend-row">
        <span>${obstacleTexts[obstacle](row, protocol)}</span>
        <button type="button" class="button button-small" disabled=${board.busy}
          onClick=${() => board.make(mendOf(obstacle, board, row, protocol))}>Switch on</button>
      </p>`,
    )}
    ${row.by.length > 0 ? html`<p class="muted">On by ${row.by.map((one) => html`<code>${one}</code> `)}</p>` : null}
    <p class="muted">${callersText(row)}
    ${row.listed ? '' : ' It is not listed: documents do not show it.'}</p>
    <p class="row"><a href=${pathTo('functions', row.name)}>Open the function</a> <a href=${explain}>Explain a call of it</a></p>
  <//>`;
}
