/** What the control holds in which something was typed or chosen. */
export function typedIn(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;
}
