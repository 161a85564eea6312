/*
 * How JAXB and JAX-WS make names of Java out of those of a WSDL (JAXB 2.3, appendix D; JAX-WS 2.2 §2).
 */

/** The words of a name: they end at punctuation, and before and after digits and where small letters are followed by capitals. */
function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? [name];
}

function raised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The name of a class: `MapOfInt_entry` is `MapOfIntEntry`. */
export function javaClass(name: string): string {
  return wordsOf(name).map(raised).join('');
}

/** The name of a property in its setter; `getClass` is every object's own. */
export function javaProperty(name: string): string {
  const property = javaClass(name);
  return property === 'Class' ? 'Clazz' : property;
}

/** The name of a method or variable: `test_greet` is `testGreet`. */
export function javaVariable(name: string): string {
  const [first = '', ...rest] = wordsOf(name);
  return [first.toLowerCase(), ...rest.map(raised)].join('');
}
