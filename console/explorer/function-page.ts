import type { VNode } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { html } from '../html.ts';
import { Empty, Waiting } from '../parts/notice.ts';
import { useCall } from '../use-call.ts';
import { type Described, type Description, described } from './described.ts';
import { Facts } from './facts.ts';
import { Reference } from './reference.ts';
import type { ListedFunction } from './search.ts';
import { Workbench } from './workbench.ts';

/** The page of one function: what it is, how to call it, what comes of it. */
export function FunctionPage({
  name,
  query,
  functions,
}: {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly functions: readonly ListedFunction[];
}): VNode {
  const called = useDescription(name);
  const { value, failure } = called;
  const listed = functions.find((fn) => fn.name === name);
  return html`<article class="function">
    <p class="back"><a href="/console/functions">All functions</a></p>
    <${Title} name=${name} title=${value?.about.title ?? listed?.title ?? ''} />
    ${
      failure?.code === 'unknown-function'
        ? html`<${Empty} title="There is no such function for you">
            It may be switched off, named otherwise, or for others.
          <//>`
        : value === undefined
          ? html`<${Waiting} called=${called} what=${name} />`
          : html`<${Facts} ...${value} functions=${functions} />
              <${Workbench} ...${value} query=${query} />
              <${Reference} ...${value} />`
    }
  </article>`;
}

/** All about a function, with its descriptors. */
export function useDescription(name: string): Omit<ReturnType<typeof useCall>, 'value'> & {
  readonly value: Described | undefined;
} {
  const { value, failure, reload } = useCall<Description>('console.describe', { name });
  const made = useMemo(() => (value === undefined ? undefined : described(value)), [value]);
  return { value: made, failure, reload };
}

/** The heading; it takes the focus where what had it is gone, as on a phone. */
function Title({ name, title }: { readonly name: string; readonly title: string }): VNode {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    const gone =
      activeElement === null || activeElement === document.body || activeElement.getClientRects().length === 0;
    if (gone) element.current?.focus({ preventScroll: true });
  }, []);
  return html`<header class="function-head">
    <h1 ref=${element} tabindex="-1">${name}</h1>
    ${title === '' ? null : html`<p class="function-title">${title}</p>`}
  </header>`;
}
