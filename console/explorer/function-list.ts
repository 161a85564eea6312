import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from '../html.ts';
import { typedIn } from '../parts/typed-in.ts';
import { wordsOf } from '../parts/words.ts';
import { go, pathTo } from '../route.ts';
import { type Group, groupsOf, type ListedFunction, piecesOf, searchOf } from './search.ts';

/** How many results are shown before another word is asked for. */
const mostResults = 100;

/** All functions in groups, and a search over them. */
export function FunctionList({
  functions,
  current,
}: {
  readonly functions: readonly ListedFunction[];
  readonly current: string | undefined;
}): VNode {
  const [query, setQuery] = useState('');
  const element = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const search = useMemo(() => searchOf(functions), [functions]);
  const groups = useMemo(() => groupsOf(functions), [functions]);
  const words = wordsOf(query);
  const found = useMemo(() => (words.length === 0 ? undefined : search(query)), [search, query]);
  useSlash(field);
  useInView(element, current);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && query !== '') setQuery('');
    else if (event.key === 'Enter' && event.target === field.current && found?.[0] !== undefined) {
      go(pathTo('functions', found[0].name));
    } else moveFocus(event, element.current, field.current);
  };
  const count = found?.length ?? functions.length;
  return html`<nav class="functions" aria-label="Functions" ref=${element} onKeyDown=${onKeyDown}>
    <div class="functions-head">
      <h1>Functions</h1>
      <input type="search" ref=${field} value=${query} aria-label="Search functions" aria-keyshortcuts="/"
        placeholder="Search functions  ( / )" autocomplete="off" spellcheck=${false}
        onInput=${(event: Event) => setQuery(typedIn(event))} />
      <p class="functions-count" role="status">
        ${found === undefined ? countWords(count) : `${count.toLocaleString('en')} of ${countWords(functions.length)}`}
      </p>
    </div>
    <div class="functions-all" hidden=${found !== undefined}>
      ${groups.map((group) => html`<${GroupRows} key=${group.title} group=${group} current=${holding(group, current)} />`)}
    </div>
    ${found === undefined ? null : html`<${Results} found=${found} words=${words} current=${current} />`}
  </nav>`;
}

function countWords(count: number): string {
  return count === 1 ? '1 function' : `${count.toLocaleString('en')} functions`;
}

/** The current function, if it is of the group: others are not drawn again when it changes. */
function holding({ functions }: Group, current: string | undefined): string | undefined {
  return functions.some(({ name }) => name === current) ? current : undefined;
}

/** `/` goes to the search, unless something is being typed. */
function useSlash(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as Element | null)?.closest('input, textarea, select, [contenteditable], dialog')) return;
      if (field.current === null || field.current.getClientRects().length === 0) return; // on a phone the list is a page of its own
      event.preventDefault();
      field.current.focus();
      field.current.select();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

/** The current function is in view, also where the page was opened at its address; the page itself stays where it is. */
function useInView(list: { readonly current: HTMLElement | null }, current: string | undefined): void {
  useEffect(() => {
    const link = list.current?.querySelector('.functions-all [aria-current]');
    const frame = link?.closest('.functions-all');
    if (!link || !frame || link.getClientRects().length === 0) return;
    const [at, within] = [link.getBoundingClientRect(), frame.getBoundingClientRect()];
    const seen = at.top >= within.top && at.bottom <= within.bottom;
    if (!seen) frame.scrollTop += at.top - within.top - within.height / 2;
  }, [current]);
}

/** Arrow keys go from the search through what is shown below it, and back. */
function moveFocus(event: KeyboardEvent, list: HTMLElement | null, field: HTMLInputElement | null): void {
  if (!['ArrowDown', 'ArrowUp'].includes(event.key) || list === null || field === null) return;
  const shown = [...list.querySelectorAll<HTMLElement>('div:not([hidden]) > section > ul > li > a, .results > li > a')];
  const links = shown.filter((link) => link.closest('[hidden]') === null);
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = event.key === 'ArrowDown' ? links[at + 1] : at > 0 ? links[at - 1] : field;
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function GroupRows({ group, current }: { readonly group: Group; readonly current: string | undefined }): VNode {
  return useMemo(
    () => html`<section aria-label=${group.title}>
      <h2>${group.title} <span class="muted">${group.functions.length}</span></h2>
      <ul>${group.functions.map((fn) => html`<${Row} key=${fn.name} fn=${fn} current=${fn.name === current} words=${none} />`)}</ul>
    </section>`,
    [group, current],
  );
}

const none: readonly string[] = [];

function Results({
  found,
  words,
  current,
}: {
  readonly found: readonly ListedFunction[];
  readonly words: readonly string[];
  readonly current: string | undefined;
}): VNode {
  if (found.length === 0)
    return html`<p class="functions-none">Nothing has these words in its name or description.</p>`;
  return html`<ul class="results">
      ${found
        .slice(0, mostResults)
        .map((fn) => html`<${Row} key=${fn.name} fn=${fn} current=${fn.name === current} words=${words} />`)}
    </ul>
    ${found.length > mostResults ? html`<p class="functions-none">And ${found.length - mostResults} more: another word narrows it.</p>` : null}`;
}

function Row({
  fn,
  current,
  words,
}: {
  readonly fn: ListedFunction;
  readonly current: boolean;
  readonly words: readonly string[];
}): VNode {
  return html`<li>
    <a href=${pathTo('functions', fn.name)} aria-current=${current ? 'page' : undefined}>
      <span class="functions-name"><${Marked} text=${fn.name} words=${words} /></span>
      ${fn.deprecated === undefined ? null : html` <span class="pill pill-warn">deprecated</span>`}
      ${fn.on ? null : html` <span class="pill">off</span>`}
      ${fn.listed ? null : html` <span class="pill">unlisted</span>`}
      <span class="functions-title"><${Marked} text=${fn.title} words=${words} /></span>
    </a>
  </li>`;
}

function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }): VNode {
  if (words.length === 0) return html`${text}`;
  return html`${piecesOf(text, words).map((piece) => (piece.marked ? html`<mark>${piece.text}</mark>` : piece.text))}`;
}
