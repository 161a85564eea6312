import type { Sight } from './ahead.ts';
import type { Attributes } from './attributes.ts';
import type { Namespaces } from './namespaces.ts';

/** The elements that are open at some place, the last one with its attributes. */
export interface OpenElements {
  readonly names: readonly string[];
  readonly frames: readonly number[];
  readonly namespaces: Namespaces;
  readonly attributes: Attributes;
  readonly local: string;
  readonly prefix: string;
  readonly uri: string;
  readonly empty: boolean;
}

/** A place in a document to which `XmlScanner.resume` goes back. Marks share the elements if these are the same. */
export interface XmlMark {
  readonly position: number;
  readonly open: OpenElements;
  /** What is known of the text that follows; undefined where it is looked at again. */
  readonly sight?: Sight;
}
