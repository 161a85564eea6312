import { Ahead } from './ahead.ts';
import { Attributes } from './attributes.ts';
import { matches, ncNameEnd, spaceEnd } from './characters.ts';
import { exceed, fail, shown } from './failure.ts';
import { defaultXmlLimits, type XmlLimits } from './limits.ts';
import type { OpenElements } from './mark.ts';
import { cdataEnd, declarationEnd, instructionEnd } from './markup.ts';
import { Namespaces } from './namespaces.ts';
import { decodeLines, decodeText } from './references.ts';
import type { Run } from './run.ts';

const GREATER = 62;
const SLASH = 47;
const COLON = 58;
const QUESTION = 63;
const BRACKET = 91;

/** How many numbers `frames` has of each open element. */
export const FRAME = 2;

/**
 * What a scanner knows at its place in a document: the elements that are open, their namespaces, the attributes of the
 * start tag consumed last; and how each kind of markup changes that (XML 1.0 §2.4–§2.7, §3.1, Namespaces in XML §6).
 */
export class XmlTags {
  /** Local part of the name of the element opened last. */
  local = '';
  /** Prefix of the element opened last, '' if it has none. */
  prefix = '';
  /** Namespace of the element opened last, '' if it has none. */
  uri = '';
  /** How many elements are open. */
  depth = 0;
  /** After textOrOpen: a start tag ended the text, not the end tag. */
  sawOpen = false;
  /** A processing instruction occurred so far (SOAP forbids them). */
  sawInstruction = false;
  /** How many attributes the start tag consumed last has, namespace declarations left out. */
  attributeCount = 0;
  /** The default namespace in scope, '' if there is none. */
  defaultUri = '';
  protected readonly input: string;
  // Where the last `>` stands. As every element ends with one, whoever stops there needs no look at the length.
  protected readonly last: number;
  protected readonly limits: XmlLimits;
  protected position = 0;
  // The element opened last was an empty-element tag whose end is still to be told.
  protected empty = false;
  // Of each open element: its name as written. As the lists below it begins with room: growing costs more than that.
  protected readonly names: string[] = ['', '', '', '', '', '', '', ''];
  // Of each open element: how many child elements it had so far, and how many namespace declarations were in scope
  // before its start tag.
  protected readonly frames: number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  protected readonly namespaces = new Namespaces();
  protected readonly attributes: Attributes;
  // What the last mark has, shared with the next one if the same elements are open.
  protected marked: OpenElements | undefined = undefined;
  protected readonly ahead: Ahead;

  // No control characters and no halves of pairs are in the input.
  protected readonly clean: boolean;

  /** `clean` if the input is known to have no control characters and no halves of surrogate pairs. */
  constructor(input: string, limits: XmlLimits = defaultXmlLimits, clean = false) {
    this.input = input;
    this.clean = clean;
    this.last = input.lastIndexOf('>');
    this.limits = limits;
    this.ahead = new Ahead(input);
    this.attributes = new Attributes(input, this.ahead, limits);
  }

  // From after `<` on (XML 1.0 §3.1, STag and EmptyElemTag).
  protected startTag(start: number): void {
    const { input, attributes, namespaces } = this;
    let end = ncNameEnd(input, start);
    let local = start;
    if (end > start && input.charCodeAt(end) === COLON) {
      local = end + 1;
      end = ncNameEnd(input, local);
    }
    if (end === local) fail(input, start - 1, 'An element has no well-formed name');
    if (end - start > this.limits.name) exceed(input, start, this.limits.name, 'characters in a name');
    this.enter(input.slice(start, end), start);
    let p = end;
    if (input.charCodeAt(end) === GREATER) attributes.count = 0;
    else {
      p = attributes.scan(end, namespaces);
      if (input.charCodeAt(p) === SLASH) {
        if (input.charCodeAt(++p) !== GREATER) fail(input, p, 'A tag has no > after its /');
        this.empty = true;
      }
      this.defaultUri = namespaces.defaultUri;
    }
    this.position = p + 1;
    this.attributeCount = attributes.count;
    this.name(start, local, end);
  }

  // Opens an element: counts it, and remembers what its end must restore.
  protected enter(name: string, start: number): void {
    const { frames, depth, limits } = this;
    const frame = depth * FRAME;
    if (depth > 0) {
      const children = (frames[frame - FRAME] as number) + 1;
      if (children > limits.children) exceed(this.input, start, limits.children, 'children of an element');
      frames[frame - FRAME] = children;
    }
    if (depth >= limits.depth) exceed(this.input, start, limits.depth, 'levels of depth');
    this.names[depth] = name;
    frames[frame] = 0;
    frames[frame + 1] = this.namespaces.size;
    this.depth = depth + 1;
  }

  // From after `</` on: the name is that of the start tag (XML 1.0 §3, Element Type Match).
  protected endTag(start: number): void {
    const { input } = this;
    const name = this.names[this.depth - 1] as string;
    let p = start + name.length;
    if (!matches(input, start, name)) this.refuseMismatch(start);
    if (input.charCodeAt(p) !== GREATER) {
      p = spaceEnd(input, p);
      if (input.charCodeAt(p) !== GREATER) this.refuseMismatch(start);
    }
    this.position = p + 1;
    this.leave();
  }

  protected leave(): void {
    const { namespaces } = this;
    const depth = --this.depth;
    const size = this.frames[depth * FRAME + 1] as number;
    if (namespaces.size !== size) {
      namespaces.leave(size);
      this.defaultUri = namespaces.defaultUri;
    }
  }

  protected leaveEmpty(): false {
    this.empty = false;
    this.leave();
    return false;
  }

  // The text up to the next `<`, which becomes the position (XML 1.0 §2.4).
  protected stretch(start: number): string {
    const { input } = this;
    const end = input.indexOf('<', start);
    if (end < 0 || end > this.last) this.refuseEnd();
    this.position = end;
    return this.between(start, end);
  }

  // The text between two positions without a `<` between them (XML 1.0 §2.4).
  protected between(start: number, end: number): string {
    const { input, ahead } = this;
    if (ahead.from(start) >= end) return start === end ? '' : input.slice(start, end);
    if (ahead.closing < end) fail(input, ahead.closing, ']]> is not allowed in text');
    return decodeText(input, start, end);
  }

  // Whether a run can come here: it closes what is open, and exceeds no limit.
  protected fits(run: Run): boolean {
    const { closes } = run;
    const { limits, names } = this;
    let { depth } = this;
    if (this.empty || depth <= closes.length) return false;
    for (let i = 0; i < closes.length; i++) if (names[--depth] !== closes[i]) return false;
    const children = this.frames[(depth - 1) * FRAME] as number;
    if (children + run.children > limits.children || run.widest > limits.children) return false;
    return depth + run.deepest <= limits.depth && run.longestName <= limits.name;
  }

  // Closes, counts and opens what a run has, all without prefixes, attributes and declarations.
  protected pass({ closes, opens, counts, children, local }: Run): void {
    const { frames, names } = this;
    for (let i = 0; i < closes.length; i++) this.leave();
    let { depth } = this;
    (frames[(depth - 1) * FRAME] as number) += children;
    for (let i = 0; i < opens.length; i++) {
      names[depth] = opens[i] as string;
      frames[depth * FRAME] = counts[i] as number;
      frames[depth * FRAME + 1] = this.namespaces.size;
      depth++;
    }
    this.depth = depth;
    if (local === '') return;
    this.local = local;
    this.prefix = '';
    this.uri = this.defaultUri;
    this.attributeCount = this.attributes.count = 0;
  }

  // What begins with `<!` or `<?`. A CDATA section tells its text (XML 1.0 §2.5–§2.7).
  protected passMarkup(p: number): string {
    const { input } = this;
    if (input.charCodeAt(p + 1) === QUESTION) {
      this.position = instructionEnd(input, p, this.limits.name);
      this.sawInstruction = true;
      return '';
    }
    if (this.depth === 0 || !input.startsWith('<![CDATA[', p)) {
      this.position = declarationEnd(input, p);
      return '';
    }
    const end = cdataEnd(input, p);
    this.position = end + 3;
    return decodeLines(input.slice(p + 9, end));
  }

  // The same in element-only content, where a CDATA section is text like any other.
  protected passBetween(p: number): void {
    this.passMarkup(p);
    if (this.input.charCodeAt(p + 2) === BRACKET) this.refuseBetween(p);
  }

  protected requireElement(): void {
    if (this.depth === 0) throw new Error('No element is open');
  }

  protected refuseText(p: number): never {
    this.stretch(p);
    this.refuseBetween(p);
  }

  private refuseBetween(p: number): never {
    const outer = shown(this.names[this.depth - 1] as string);
    fail(this.input, p, `Text is not allowed between the elements of ${outer}`, 'invalid-request');
  }

  protected refuseEnd(): never {
    const name = this.names[this.depth - 1] as string;
    fail(this.input, this.input.length, `The element ${shown(name)} is not closed`);
  }

  private refuseMismatch(p: number): never {
    const name = this.names[this.depth - 1] as string;
    fail(this.input, p, `The end tag does not match the element ${shown(name)}`);
  }

  private name(start: number, local: number, end: number): void {
    const { input, namespaces } = this;
    if (local === start) {
      this.local = this.names[this.depth - 1] as string;
      this.prefix = '';
      this.uri = this.defaultUri;
      return;
    }
    this.local = input.slice(local, end);
    const found = namespaces.find(input, start, local - 1);
    if (found < 0) fail(input, start, `The prefix ${shown(input.slice(start, local - 1))} is not declared`);
    this.prefix = namespaces.prefixAt(found);
    this.uri = namespaces.uriAt(found);
  }
}
