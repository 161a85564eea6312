/** The words of a query in small letters. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** What tells whether a text has every word of a query in it. */
export function hasWords(query: string): (text: string) => boolean {
  const words = wordsOf(query);
  return (text) => {
    const small = text.toLowerCase();
    return words.every((word) => small.includes(word));
  };
}

/** A text with a capital letter in front. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A message of the server as a sentence. */
export function sentence(message: string): string {
  return `${capital(message)}.`;
}

/** Functions by what stands before the first dot of their names, in the order of these; '' where there is no dot. */
export function byFirstWord<T extends { readonly name: string }>(functions: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const fn of functions) {
    const word = fn.name.includes('.') ? fn.name.slice(0, fn.name.indexOf('.')) : '';
    const group = groups.get(word);
    if (group === undefined) groups.set(word, [fn]);
    else group.push(fn);
  }
  return groups;
}
