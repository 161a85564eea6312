import { exceed, fail, shown } from './failure.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

// Declarations in scope at once. A lookup searches them all, so without a bound its cost would be the document's square.
const IN_SCOPE = 256;

/** The namespaces in scope: one flat list, searched from its end (Namespaces in XML §6.1). */
export class Namespaces {
  /** How many declarations are in scope, those of outer elements first. */
  size = 1;
  /** The default namespace in scope, '' if there is none. */
  defaultUri = '';
  private readonly prefixes: string[] = ['xml', '', '', '', '', ''];
  private readonly uris: string[] = [XML, '', '', '', '', ''];

  /** Applies `xmlns:prefix="uri"`, or `xmlns="uri"` with prefix '' (Namespaces in XML §3). `outer` is the size before the element. */
  declare(prefix: string, uri: string, outer: number, input: string, position: number): void {
    if (prefix === 'xmlns') fail(input, position, 'The prefix xmlns must not be declared');
    if ((prefix === 'xml') !== (uri === XML)) fail(input, position, `The prefix xml and ${XML} belong together`);
    if (uri === XMLNS) fail(input, position, `No prefix may be bound to ${XMLNS}`);
    if (uri === '' && prefix !== '') fail(input, position, `The prefix ${shown(prefix)} must not be bound to nothing`);
    for (let i = outer; i < this.size; i++) {
      if (this.prefixes[i] === prefix) fail(input, position, 'A namespace is declared twice by one element');
    }
    if (this.size > IN_SCOPE) exceed(input, position, IN_SCOPE, 'namespace declarations in scope');
    this.prefixes[this.size] = prefix;
    this.uris[this.size++] = uri;
    if (prefix === '') this.defaultUri = uri;
  }

  /** Forgets the declarations of the element that ends: `size` is what it was before its start tag. */
  leave(size: number): void {
    this.size = size;
    let i = size - 1;
    while (i >= 0 && this.prefixes[i] !== '') i--;
    this.defaultUri = i < 0 ? '' : (this.uris[i] as string);
  }

  /** Where the prefix that stands in the input between two positions was declared, -1 if nowhere. */
  find(input: string, start: number, end: number): number {
    let i = this.size - 1;
    while (i >= 0 && !same(this.prefixes[i] as string, input, start, end)) i--;
    return i;
  }

  prefixAt(index: number): string {
    return this.prefixes[index] as string;
  }

  uriAt(index: number): string {
    return this.uris[index] as string;
  }

  /** The namespace of a prefix, '' being the default one (Namespaces in XML §6.2). */
  lookup(prefix: string): string | undefined {
    if (prefix === '') return this.defaultUri;
    if (prefix === 'xmlns') return XMLNS;
    const i = this.find(prefix, 0, prefix.length);
    return i < 0 ? undefined : this.uris[i];
  }

  copy(): Namespaces {
    const copy = new Namespaces();
    copy.become(this);
    return copy;
  }

  /** Takes over what another one has. */
  become({ size, defaultUri, prefixes, uris }: Namespaces): void {
    this.size = size;
    this.defaultUri = defaultUri;
    for (let i = 1; i < size; i++) {
      this.prefixes[i] = prefixes[i] as string;
      this.uris[i] = uris[i] as string;
    }
  }
}

function same(name: string, input: string, start: number, end: number): boolean {
  const length = end - start;
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (name.charCodeAt(i) !== input.charCodeAt(start + i)) return false;
  }
  return true;
}
