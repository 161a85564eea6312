/** How far the arrow keys move in a grid (WAI-ARIA Authoring Practices, grid). */
const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -1_000],
  End: [0, 1_000],
};

const stops = (within: Element): HTMLElement[] => [...within.querySelectorAll<HTMLElement>('[data-stop]')];

function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(count - 1, at));
}

/** Moves the focus between the controls of a table that carry `data-stop`. */
export function moveInGrid(event: KeyboardEvent): void {
  const move = moves[event.key];
  const row = (event.target as Element).closest('tr');
  const table = row?.closest('table');
  if (move === undefined || !row || !table || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...table.rows].filter((one) => one.querySelector('[data-stop]') !== null);
  const here = stops(row).indexOf(event.target as HTMLElement);
  const next = rows[clamp(rows.indexOf(row) + move[0], rows.length)];
  if (next === undefined || here < 0) return;
  const offset = stops(next).length - stops(row).length; // the head has no stop over the first column
  const column = here + move[1] + (move[0] === 0 ? 0 : offset);
  const line = stops(next);
  event.preventDefault();
  line[clamp(column, line.length)]?.focus();
}

/** Leaves one control of a grid in the order of the tabulator: the one that had the focus last. */
export function holdPlace(event: FocusEvent): void {
  const stop = event.target as HTMLElement;
  const table = stop.closest('table');
  if (table === null || !stop.hasAttribute('data-stop')) return;
  for (const one of table.querySelectorAll<HTMLElement>('[data-stop][tabindex="0"]')) one.tabIndex = -1;
  stop.tabIndex = 0;
}

/** Lets the tabulator into a grid in which nothing has had the focus yet. */
export function openGrid(table: HTMLTableElement | null): void {
  if (table === null || table.querySelector('[data-stop][tabindex="0"]') !== null) return;
  const first = stops(table)[0];
  if (first !== undefined) first.tabIndex = 0;
}
