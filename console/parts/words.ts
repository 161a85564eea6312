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
