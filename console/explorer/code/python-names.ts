import { pythonText } from './quote.ts';

/** Words that no name can be (The Python Language Reference, 2.3.1). */
const words = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import ' +
    'in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Whether Python keeps a word for itself. */
export function isPythonWord(name: string): boolean {
  return words.has(name);
}

/** An operation of a service of zeep: by a point, or in brackets where Python keeps the word for itself. */
export function pythonAccess(name: string): string {
  return isPythonWord(name) ? `[${pythonText(name)}]` : `.${name}`;
}
