import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { TextField } from '../../parts/field.ts';
import { patternOn, patternsOff } from './changes.ts';
import { isGlob, patternProblem, patternTest } from './patterns.ts';
import type { Switchboard } from './switchboard.ts';

/** The names and globs of `enabledwsfunctions` as they are held, and one more. */
export function PatternForm({ board }: { readonly board: Switchboard }): VNode {
  const [pattern, setPattern] = useState('');
  const known = board.rows.map(({ name }) => name);
  const problem = patternProblem(pattern, known);
  const matched = pattern === '' || problem !== undefined ? 0 : known.filter(patternTest(pattern)).length;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (pattern === '' || problem !== undefined) return;
    board.make(patternOn(board.switches, pattern));
    setPattern('');
  };
  const globs = board.switches.enabledwsfunctions.filter(isGlob);
  return html`<details class="card patterns">
    <summary>Patterns <span class="muted">${globs.length === 0 ? 'none' : globs.join(', ')}</span></summary>
    <p class="muted">A pattern such as <code>users.*</code> switches on all that match it, also functions that are added later.
    Functions of <code>admin</code> and <code>auth</code> are switched on by their names only.</p>
    ${globs.map((glob) => {
      const count = known.filter(patternTest(glob)).length;
      return html`<p class="mend-row" key=${glob}><span><code>${glob}</code> <span class="muted">${count === 1 ? 'one function' : `${count} functions`}</span></span>
        <button type="button" class="button button-small" onClick=${() => board.make(patternsOff(board.switches, [glob]))}>Switch off</button></p>`;
    })}
    <form class="row row-end" onSubmit=${submit}>
      <${TextField} label="Switch on by a pattern" value=${pattern} onInput=${(text: string) => setPattern(text.trim())} problem=${problem}
        hint=${matched === 0 ? undefined : `Matches ${matched === 1 ? 'one function' : `${matched} functions`}.`}
        placeholder="users.*" spellcheck=${false} autocomplete="off" />
      <button class="button" disabled=${pattern === '' || problem !== undefined || board.busy}>Switch on</button>
    </form>
  </details>`;
}
