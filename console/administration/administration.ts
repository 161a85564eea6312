import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.ts';
import { Empty } from '../parts/notice.ts';
import { useTitle } from '../parts/title.ts';
import { typedIn } from '../parts/typed-in.ts';
import { go, pathTo, type Route } from '../route.ts';
import { useSession } from '../session.ts';
import { type Section, sectionsFor } from './sections.ts';
import { WhatNext } from './what-next.ts';

/** Administration of the site: the sections that this user may see, one of them open. */
export function Administration({ route }: { readonly route: Route }): VNode {
  const { session } = useSession();
  const sections = sectionsFor(session);
  const name = route.segments[1] ?? sections[0]?.name;
  const section = sections.find((one) => one.name === name);
  const panel = useRef<HTMLDivElement>(null);
  const place = route.segments.slice(1).join('/');
  const before = useRef(place);
  useTitle(section?.title ?? 'Administration');
  useEffect(() => {
    if (before.current !== place) panel.current?.focus({ preventScroll: true });
    before.current = place;
  }, [place]);
  return html`<div class="administration">
    <${Sections} sections=${sections} name=${name} />
    <div class="section" tabindex="-1" ref=${panel} aria-label=${section?.title}>
      <${WhatNext} here=${name} />
      ${
        section === undefined
          ? html`<${Empty} page title="There is nothing here for you"><p>You lack the capability, or there is no such section.</p><//>`
          : html`<div key=${section.name}>${section.view(route)}</div>`
      }
    </div>
  </div>`;
}

function Sections({
  sections,
  name,
}: {
  readonly sections: readonly Section[];
  readonly name: string | undefined;
}): VNode {
  const groups = [...new Set(sections.map(({ group }) => group))];
  const choose = (event: Event): void => go(pathTo('administration', typedIn(event)));
  return html`<nav class="sections" aria-label="Administration">
    <select class="sections-narrow" aria-label="Section" value=${name} onChange=${choose}>
      ${groups.map((group) => html`<optgroup label=${group}>${sections.filter((one) => one.group === group).map((one) => html`<option value=${one.name}>${one.title}</option>`)}</optgroup>`)}
    </select>
    <div class="sections-wide">
      ${groups.map(
        (group) => html`<p class="sections-group">${group}</p>
          ${sections
            .filter((one) => one.group === group)
            .map(
              (one) =>
                html`<a href=${pathTo('administration', one.name)} aria-current=${one.name === name ? 'page' : undefined}>${one.title}</a>`,
            )}`,
      )}
    </div>
  </nav>`;
}
