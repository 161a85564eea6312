import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { html } from '../html.ts';

export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly view: () => VNode | null;
}

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Several views of which one is shown (WAI-ARIA Authoring Practices, tabs). */
export function Tabs({
  label,
  tabs,
  chosen,
  choose,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly choose: (name: string) => void;
}): VNode {
  const id = useId();
  const at = Math.max(
    0,
    tabs.findIndex(({ name }) => name === chosen),
  );
  const move = (event: KeyboardEvent): void => {
    const next = moves[event.key]?.(at, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab.name);
    document.getElementById(`${id}-${tab.name}`)?.focus();
  };
  return html`<div class="tabs">
    <div class="tab-list" role="tablist" aria-label=${label} onKeyDown=${move}>
      ${tabs.map(
        ({ name, title }, i) =>
          html`<button type="button" role="tab" id=${`${id}-${name}`} aria-selected=${i === at ? 'true' : 'false'}
            aria-controls=${`${id}-panel`} tabindex=${i === at ? 0 : -1} onClick=${() => choose(name)}>${title}</button>`,
      )}
    </div>
    <div class="tab-panel" role="tabpanel" id=${`${id}-panel`} aria-labelledby=${`${id}-${tabs[at]?.name}`}>
      ${tabs[at]?.view()}
    </div>
  </div>`;
}
