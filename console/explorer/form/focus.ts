/** What can be typed into or pressed. */
const controls = 'input, select, textarea, button';

/** The list of entries that something in it belongs to. */
function bodyOf(event: Event): HTMLElement | null {
  return (event.currentTarget as HTMLElement).closest('.group-body');
}

/** Does something with the entries once they are drawn. */
function whenDrawn(event: Event, act: (entries: readonly HTMLElement[], body: HTMLElement) => void): void {
  const body = bodyOf(event);
  if (body === null) return;
  requestAnimationFrame(() => act([...body.querySelectorAll<HTMLElement>(':scope > .entry')], body));
}

/** The focus goes into an entry that was added. */
export function focusAdded(event: Event): void {
  whenDrawn(event, (entries) => entries.at(-1)?.querySelector<HTMLElement>(controls)?.focus());
}

/** The focus goes to the entry that has taken the place of one, or to the button that adds another. */
export function focusAfterRemoval(event: Event, at: number): void {
  whenDrawn(event, (entries, body) => {
    const next = entries[at]?.querySelector<HTMLElement>(':scope > .entry-buttons > button:last-child');
    (next ?? body.querySelector<HTMLElement>(':scope > button'))?.focus();
  });
}

/** The focus goes with an entry that was moved to a place. */
export function focusMoved(event: Event, to: number): void {
  const name = (event.currentTarget as HTMLElement).dataset['move'];
  whenDrawn(event, (entries) => {
    const buttons = [...(entries[to]?.querySelectorAll<HTMLButtonElement>(':scope > .entry-buttons > button') ?? [])];
    const same = buttons.find((button) => button.dataset['move'] === name && !button.disabled);
    (same ?? buttons.find((button) => !button.disabled))?.focus();
  });
}
