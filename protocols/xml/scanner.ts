import { checkChars, isSpace, matches, spaceEnd } from './characters.ts';
import { fail, shown } from './failure.ts';
import type { OpenElements, XmlMark } from './mark.ts';
import { passEpilog, xmlDeclarationEnd } from './markup.ts';
import type { Run } from './run.ts';
import { FRAME, XmlTags } from './tags.ts';

export { defaultXmlLimits, type XmlLimits } from './limits.ts';
export type { XmlMark } from './mark.ts';

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;

// What follows `<` in a comment, a CDATA section, a declaration or an instruction.
function isMarkup(code: number): boolean {
  return code === BANG || code === QUESTION;
}

/**
 * The one reader of XML: a strict pull scanner over a string (XML 1.0 5th edition, Namespaces in XML 1.0), without DTD.
 * Readers ask for what they expect; what is not well formed or beyond a limit is thrown as a Fault.
 */
export class XmlScanner extends XmlTags {
  /** Consumes the prolog and the start tag of the root (XML 1.0 §2.1, §2.8). */
  root(): void {
    if (this.position !== 0) throw new Error('The root element was read already');
    const { input, last } = this;
    checkChars(input, this.clean);
    this.position = last < 0 ? 0 : xmlDeclarationEnd(input);
    for (;;) {
      if (this.position >= last) fail(input, this.position, 'There is no root element');
      const p = spaceEnd(input, this.position);
      if (input.charCodeAt(p) !== LESS) fail(input, p, 'Text is not allowed before the root element');
      const next = input.charCodeAt(p + 1);
      if (!isMarkup(next)) {
        this.startTag(p + 1);
        return;
      }
      this.passMarkup(p);
    }
  }

  /** Element-only content: consumes the next start tag, or the end tag of the current element: then false (XML 1.0 §3.1). */
  open(): boolean {
    this.requireElement();
    if (this.empty) return this.leaveEmpty();
    const { input, last } = this;
    for (;;) {
      if (this.position >= last) this.refuseEnd();
      const p = spaceEnd(input, this.position);
      if (input.charCodeAt(p) !== LESS) this.refuseText(p);
      const next = input.charCodeAt(p + 1);
      if (next === SLASH) {
        this.endTag(p + 2);
        return false;
      }
      if (!isMarkup(next)) {
        this.startTag(p + 1);
        return true;
      }
      this.passBetween(p);
    }
  }

  /** Consumes exactly `<name>` after optional white space, else nothing: the cheap guess before `open` (XML 1.0 §3.1, STag). */
  openIf(name: string): boolean {
    const { input, last } = this;
    let p = this.position;
    if (this.empty || p >= last || this.depth === 0) return false;
    while (isSpace(input.charCodeAt(p))) p++;
    const start = p + 1;
    const end = start + name.length;
    if (input.charCodeAt(p) !== LESS || end > last || input.charCodeAt(end) !== GREATER) return false;
    if (!matches(input, start, name) || name.length > this.limits.name) return false;
    this.enter(name, start);
    this.local = name;
    this.prefix = '';
    this.uri = this.defaultUri;
    this.attributeCount = this.attributes.count = 0;
    this.position = end + 1;
    return true;
  }

  /** Consumes exactly `</name>` of the current element after optional white space, else nothing (XML 1.0 §3.1, ETag). */
  closeIf(name: string): boolean {
    const { input, last } = this;
    if (this.depth === 0 || this.names[this.depth - 1] !== name) return false;
    if (this.empty) return !this.leaveEmpty();
    let p = this.position;
    if (p >= last) return false;
    while (isSpace(input.charCodeAt(p))) p++;
    const end = p + 2 + name.length;
    if (input.charCodeAt(p) !== LESS || end > last || input.charCodeAt(end) !== GREATER) return false;
    if (input.charCodeAt(p + 1) !== SLASH || !matches(input, p + 2, name)) return false;
    this.position = end + 1;
    this.leave();
    return true;
  }

  /**
   * Consumes a run and returns its text, '' if it has none; or consumes nothing, if something else comes: then it is read
   * tag by tag, and refused if it must be.
   */
  take(run: Run): string | undefined {
    const { input } = this;
    const { before, after } = run;
    before.lastIndex = this.position;
    if (!before.test(input) || !this.fits(run)) return undefined;
    let text = '';
    let end = before.lastIndex;
    if (after !== undefined) {
      const start = end;
      const less = input.indexOf('<', start);
      after.lastIndex = less;
      if (less < 0 || !after.test(input)) return undefined;
      text = this.between(start, less);
      end = after.lastIndex;
    }
    this.position = end;
    this.pass(run);
    return text;
  }

  /** Simple content: the text of the current element, through its end tag; a child element is refused (XML 1.0 §2.4, §3.1). */
  text(): string {
    const text = this.textOrOpen();
    if (this.sawOpen) {
      const outer = shown(this.names[this.depth - 2] as string);
      const message = `The element ${shown(this.local)} is not allowed in the text of ${outer}`;
      fail(this.input, this.position, message, 'invalid-request');
    }
    return text;
  }

  /** Mixed content: the text up to the next tag, which is consumed; `sawOpen` tells its kind (XML 1.0 §2.4, §3.1). */
  textOrOpen(): string {
    this.requireElement();
    this.sawOpen = false;
    if (this.empty) {
      this.leaveEmpty();
      return '';
    }
    const { input } = this;
    let text = this.stretch(this.position);
    for (;;) {
      const p = this.position;
      const next = input.charCodeAt(p + 1);
      if (next === SLASH) {
        this.endTag(p + 2);
        return text;
      }
      if (!isMarkup(next)) {
        this.startTag(p + 1);
        this.sawOpen = true;
        return text;
      }
      text += this.passMarkup(p);
      text += this.stretch(this.position);
    }
  }

  /** Consumes everything up to and including the end tag of the current element, checking that it is well formed. */
  skip(): void {
    this.requireElement();
    const outer = this.depth - 1;
    do this.textOrOpen();
    while (this.depth > outer);
  }

  /** After the root has closed: only white space, comments and instructions up to the end (XML 1.0 §2.8, Misc). */
  end(): void {
    if (this.empty) this.leaveEmpty();
    if (this.depth > 0 || this.position === 0) throw new Error('The root element is not read to its end');
    if (passEpilog(this.input, this.position, this.limits.name)) this.sawInstruction = true;
    this.position = this.input.length;
  }

  attributeLocal(i: number): string {
    return this.attributes.local(i);
  }

  attributeUri(i: number): string {
    return this.attributes.uri(i);
  }

  attributePrefix(i: number): string {
    return this.attributes.prefix(i);
  }

  /** The value of an attribute of the start tag consumed last, normalised (XML 1.0 §3.3.3). */
  attributeValue(i: number): string {
    return this.attributes.value(i);
  }

  /** The value of the attribute with this expanded name in the start tag consumed last (Namespaces in XML §2.1). */
  attribute(uri: string, local: string): string | undefined {
    return this.attributes.find(uri, local);
  }

  /** The namespace bound to a prefix here, '' being the default one: for names in content (Namespaces in XML §6). */
  lookup(prefix: string): string | undefined {
    return this.namespaces.lookup(prefix);
  }

  /** Remembers this place, right after the start tag consumed last, with the elements and namespaces that are open. */
  mark(): XmlMark {
    let open = this.marked;
    if (open === undefined || !this.isSame(open)) open = this.marked = this.remember();
    return { position: this.position, open };
  }

  /** Remembers this place, wherever it is, to go on from there with everything as it is now. */
  place(): XmlMark {
    const { position } = this;
    return { position, open: this.remember(), sight: this.ahead.at(position) };
  }

  /**
   * Goes back to a mark or a place, which serves any number of times. Child elements count as they did at the place, or
   * when a mark was set here first.
   */
  resume({ position, open, sight }: XmlMark): void {
    const { names, frames } = this;
    if (sight !== undefined) this.ahead.become(sight);
    else if (position < this.position) this.ahead.restart();
    this.position = position;
    this.depth = open.names.length;
    for (let i = 0; i < this.depth; i++) {
      names[i] = open.names[i] as string;
      frames[i * FRAME] = open.frames[i * FRAME] as number;
      frames[i * FRAME + 1] = open.frames[i * FRAME + 1] as number;
    }
    this.local = open.local;
    this.prefix = open.prefix;
    this.uri = open.uri;
    this.empty = open.empty;
    this.namespaces.become(open.namespaces);
    this.attributes.become(open.attributes);
    this.defaultUri = this.namespaces.defaultUri;
    this.attributeCount = this.attributes.count;
  }

  private remember(): OpenElements {
    return {
      names: this.names.slice(0, this.depth),
      frames: this.frames.slice(0, this.depth * FRAME),
      namespaces: this.namespaces.copy(),
      attributes: this.attributes.copy(),
      local: this.local,
      prefix: this.prefix,
      uri: this.uri,
      empty: this.empty,
    };
  }

  // Whether the same elements are open. Those with attributes or declarations are never the same.
  private isSame({ names, namespaces, attributes, empty }: OpenElements): boolean {
    const { depth } = this;
    if (depth !== names.length || empty || this.empty || attributes.count > 0 || this.attributes.count > 0)
      return false;
    if (namespaces.size > 1 || this.namespaces.size > 1) return false;
    for (let i = depth - 1; i >= 0; i--) if (this.names[i] !== names[i]) return false;
    return true;
  }
}
