import type { Ahead } from './ahead.ts';
import { matches, ncNameEnd, spaceEnd } from './characters.ts';
import { exceed, fail, shown } from './failure.ts';
import type { XmlLimits } from './limits.ts';
import type { Namespaces } from './namespaces.ts';
import { decodeAttribute } from './references.ts';

// Of each attribute: where its name starts, its local part starts, its name ends, its value starts and ends.
const FIELDS = 5;

/** The attributes of one start tag as ranges of the source; values are decoded when asked for (XML 1.0 §3.1). */
export class Attributes {
  /** How many there are, namespace declarations left out. */
  count = 0;
  private readonly ranges: number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  private readonly uris: string[] = ['', ''];
  private readonly input: string;
  private readonly ahead: Ahead;
  private readonly limits: XmlLimits;

  constructor(input: string, ahead: Ahead, limits: XmlLimits) {
    this.input = input;
    this.ahead = ahead;
    this.limits = limits;
  }

  /** Reads all attributes from the end of the element's name on; returns where `>` or `/` stands. */
  scan(start: number, namespaces: Namespaces): number {
    const { input, limits } = this;
    const outer = namespaces.size;
    const less = input.indexOf('<', start);
    const bound = less < 0 ? input.length : less; // no `<` in a tag: its attributes end before the next one
    this.count = 0;
    let seen = 0;
    let p = start;
    for (;;) {
      const from = p;
      p = spaceEnd(input, p);
      const code = input.charCodeAt(p);
      if (code === 62 || code === 47) break;
      if (p === from) fail(input, p, 'A name is not well formed, or white space is missing before an attribute');
      p = this.scanOne(p, bound, namespaces, outer);
      if (++seen > limits.attributes) exceed(input, p, limits.attributes, 'attributes of an element');
    }
    if (this.count > 0) this.resolve(namespaces);
    return p;
  }

  local(i: number): string {
    this.check(i);
    return this.input.slice(this.ranges[i * FIELDS + 1], this.ranges[i * FIELDS + 2]);
  }

  prefix(i: number): string {
    this.check(i);
    const start = this.ranges[i * FIELDS] as number;
    const local = this.ranges[i * FIELDS + 1] as number;
    return local === start ? '' : this.input.slice(start, local - 1);
  }

  uri(i: number): string {
    this.check(i);
    return this.uris[i] as string;
  }

  value(i: number): string {
    this.check(i);
    const start = this.ranges[i * FIELDS + 3] as number;
    const end = this.ranges[i * FIELDS + 4] as number;
    return decodeAttribute(this.input, start, end);
  }

  find(uri: string, local: string): string | undefined {
    for (let i = 0; i < this.count; i++) {
      const start = this.ranges[i * FIELDS + 1] as number;
      const length = (this.ranges[i * FIELDS + 2] as number) - start;
      if (length === local.length && this.uris[i] === uri && matches(this.input, start, local)) return this.value(i);
    }
    return undefined;
  }

  copy(): Attributes {
    const copy = new Attributes(this.input, this.ahead, this.limits);
    copy.become(this);
    return copy;
  }

  /** Takes over what another one has. */
  become({ count, ranges, uris }: Attributes): void {
    this.count = count;
    for (let i = 0; i < count * FIELDS; i++) this.ranges[i] = ranges[i] as number;
    for (let i = 0; i < count; i++) this.uris[i] = uris[i] as string;
  }

  private check(i: number): void {
    if (i < 0 || i >= this.count) throw new RangeError(`There is no attribute ${i}`);
  }

  // Reads one attribute and returns where its value's quote has closed (XML 1.0 §3.1, Attribute).
  private scanOne(start: number, bound: number, namespaces: Namespaces, outer: number): number {
    const { input, limits } = this;
    let end = ncNameEnd(input, start);
    let local = start;
    if (end > start && input.charCodeAt(end) === 58) {
      local = end + 1;
      end = ncNameEnd(input, local);
    }
    if (end === local) fail(input, start, 'An attribute has no well-formed name');
    if (end - start > limits.name) exceed(input, start, limits.name, 'characters in a name');
    const valueStart = this.valueStart(end);
    const valueEnd = this.valueEnd(valueStart, bound);
    if ((local === start + 6 || end === start + 5) && input.startsWith('xmlns', start)) {
      const prefix = local === start ? '' : input.slice(local, end);
      namespaces.declare(prefix, decodeAttribute(input, valueStart, valueEnd), outer, input, start);
    } else this.record(start, local, end, valueStart, valueEnd);
    return valueEnd + 1;
  }

  private record(start: number, local: number, end: number, valueStart: number, valueEnd: number): void {
    const { ranges } = this;
    const at = this.count++ * FIELDS;
    ranges[at] = start;
    ranges[at + 1] = local;
    ranges[at + 2] = end;
    ranges[at + 3] = valueStart;
    ranges[at + 4] = valueEnd;
  }

  private valueStart(nameEnd: number): number {
    const { input } = this;
    let p = spaceEnd(input, nameEnd);
    if (input.charCodeAt(p) !== 61) fail(input, p, 'An attribute has no = after its name');
    p = spaceEnd(input, p + 1);
    const quote = input.charCodeAt(p);
    if (quote !== 34 && quote !== 39) fail(input, p, "An attribute's value is not quoted");
    return p + 1;
  }

  // The value ends at its quote, before any `<`; its references are checked now, resolved when asked for (XML 1.0 §2.3).
  private valueEnd(start: number, bound: number): number {
    const { input } = this;
    const end = input.indexOf(input.charCodeAt(start - 1) === 34 ? '"' : "'", start);
    if (end < 0) fail(input, start - 1, "An attribute's value is not closed");
    if (end > bound) fail(input, bound, '< is not allowed in an attribute');
    if (end - start > this.limits.attributeLength) {
      exceed(input, start, this.limits.attributeLength, 'characters in an attribute');
    }
    if (this.ahead.from(start) < end) decodeAttribute(input, start, end);
    return end;
  }

  // Once all declarations of the tag are known: namespaces of the prefixes, and no expanded name twice (Namespaces §6.3).
  private resolve(namespaces: Namespaces): void {
    const { input, ranges, uris } = this;
    for (let i = 0; i < this.count; i++) {
      const start = ranges[i * FIELDS] as number;
      const local = ranges[i * FIELDS + 1] as number;
      if (local === start) uris[i] = '';
      else {
        const found = namespaces.find(input, start, local - 1);
        if (found < 0) fail(input, start, `The prefix ${shown(input.slice(start, local - 1))} is not declared`);
        uris[i] = namespaces.uriAt(found);
      }
      for (let j = 0; j < i; j++) {
        if (this.same(i, j)) fail(input, start, `The attribute ${shown(this.local(i))} occurs twice`);
      }
    }
  }

  private same(i: number, j: number): boolean {
    const { input, ranges, uris } = this;
    const a = ranges[i * FIELDS + 1] as number;
    const b = ranges[j * FIELDS + 1] as number;
    const length = (ranges[i * FIELDS + 2] as number) - a;
    if ((ranges[j * FIELDS + 2] as number) - b !== length || uris[i] !== uris[j]) return false;
    for (let k = 0; k < length; k++) {
      if (input.charCodeAt(a + k) !== input.charCodeAt(b + k)) return false;
    }
    return true;
  }
}
