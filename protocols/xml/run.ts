// Where a run has text of its own: at most one place, between a start tag and its end tag.
const slot = '*';
const token = /<(\/?)([^<>/]+)>|[^<>]+/g;
const space = '[ \\t\\r\\n]*';

/**
 * Tags that usually follow each other, as `<param><value><string>*</string></value></param>`, prepared for a scanner to
 * pass them in one step: without attributes, with white space between them at most, and any text where `*` stands.
 */
export class Run {
  /** Matches what stands before the text, or the whole if there is none. */
  readonly before: RegExp;
  /** Matches what stands after the text. */
  readonly after: RegExp | undefined;
  /** Elements that were open before and end in the run, innermost first. */
  readonly closes: readonly string[];
  /** Elements that are open after the run, outermost first. */
  readonly opens: readonly string[];
  /** How many child elements each of those has by then. */
  readonly counts: readonly number[];
  /** How many child elements the one gets that is open after `closes`. */
  readonly children: number;
  /** The most child elements that an element has in the run. */
  readonly widest: number;
  /** How many levels the run goes below the element that is open after `closes`. */
  readonly deepest: number;
  readonly longestName: number;
  /** The element opened last, '' if the run only closes. */
  readonly local: string;

  constructor(template: string) {
    const opens: string[] = [];
    const closes: string[] = [];
    const counts = [0];
    let [widest, deepest, longestName, local] = [0, 0, 0, ''];
    for (const [, slash, name] of template.matchAll(token)) {
      if (name === undefined) continue;
      longestName = Math.max(longestName, name.length);
      if (slash === '') {
        const children = (counts[opens.length] as number) + 1;
        counts[opens.length] = children;
        widest = Math.max(widest, children);
        deepest = Math.max(deepest, opens.push(name));
        counts[opens.length] = 0;
        local = name;
      } else if (opens.pop() === undefined) closes.push(name);
    }
    const at = template.indexOf(slot);
    this.before = pattern(at < 0 ? template : template.slice(0, at), space);
    this.after = at < 0 ? undefined : pattern(template.slice(at + 1), '');
    this.closes = closes;
    this.opens = opens;
    this.counts = counts.slice(1, opens.length + 1);
    this.children = counts[0] as number;
    this.widest = widest;
    this.deepest = deepest;
    this.longestName = longestName;
    this.local = local;
  }
}

// White space may stand before the first tag unless it is beside the text, and between two tags.
function pattern(template: string, first: string): RegExp {
  let source = '';
  let between = first;
  for (const [whole, , name] of template.matchAll(token)) {
    source += (name === undefined ? '' : between) + whole.replaceAll('.', '\\.');
    between = name === undefined ? '' : space;
  }
  return new RegExp(source, 'y');
}
