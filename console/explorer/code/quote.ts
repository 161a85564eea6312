/*
 * Texts as literals of languages. Each takes every text: quotes, backslashes, line ends, what starts an interpolation, and
 * characters that a language has no place for in a literal.
 */

/** Replaces what a language cannot have in a literal as it is. */
function escaped(text: string, special: RegExp, by: (character: string) => string): string {
  return text.replace(special, by);
}

function hex(character: string, digits: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');
}

/** A word of a POSIX shell: between single quotes nothing but their end has a meaning (POSIX Shell, 2.2.2). */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A string of JavaScript and TypeScript: JSON is one (ECMA-262, since 2019). */
export function javascriptText(text: string): string {
  return JSON.stringify(text);
}

const pythonNames: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string of Python 3 between single quotes (The Python Language Reference, 2.4.1). */
export function pythonText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const body = escaped(text, /[\\'\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/gu, (character) => {
    return pythonNames[character] ?? `\\u${hex(character, 4)}`;
  });
  return `'${body}'`;
}

const phpNames: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  $: '\\$',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const phpNeedsDouble = /[\u0000-\u001f\u007f]/;

/** A string of PHP: between single quotes, which have no interpolation, unless control characters must be escaped. */
export function phpText(text: string): string {
  if (!phpNeedsDouble.test(text)) return `'${text.replace(/[\\']/g, '\\$&')}'`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const body = escaped(text, /[\\"$\u0000-\u001f\u007f]/g, (character) => {
    return phpNames[character] ?? `\\x${hex(character, 2)}`;
  });
  return `"${body}"`;
}

const cNames: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A string of Java or C#, which have the same escapes here (JLS 3.10.7; C# 6.4.5.6); U+0085, U+2028 and U+2029 end a line of C#. */
export function javaText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const body = escaped(text, /[\\"\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    return cNames[character] ?? `\\u${hex(character, 4)}`;
  });
  return `"${body}"`;
}
