import { Source } from '../../lib/codegen.ts';
import { type Fields, unwrap } from '../../lib/descriptor.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Run } from '../xml/run.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import type { Convert } from './scalars.ts';
import { close, memberName, type Opened, openNext, pathStep, runOf } from './structure.ts';
import { setOwn } from './values.ts';

/** Reads one value by its descriptor, straight from the scanner. `most` is the site's limit for undeclared lists. */
export interface Reader {
  /** The type that is to be expected first. */
  readonly first: Opened;
  /** The same where that is a simple type: what its text stands for. */
  readonly simple?: Convert;
  /** From after `<value>` through `</value>`. */
  read(x: XmlScanner, issues: Issues, most: number): unknown;
  /** The same where the type of the value is known already. */
  readAs(opened: Opened, x: XmlScanner, issues: Issues, most: number): unknown;
}

/** How the members of a struct become the fields of an object, or the parameters of a function. */
export interface Members {
  readonly names: readonly string[];
  readonly readers: readonly Reader[];
  /** A whole member as it usually comes: in one step if its type is simple, else up to `<value>`. */
  readonly runs: readonly Run[];
  /** Where each name, or its alias, belongs. */
  readonly places: ReadonlyMap<string, number>;
  /** Puts values, in declared order and undefined where there are none, together; fills in what absence means. */
  make(values: readonly unknown[]): Record<string, unknown>;
}

/** What stands for an absent member: its default, null where only null can be meant (DESIGN §3), else nothing. */
function absentValues(fields: Fields): readonly unknown[] {
  return Object.values(fields).map((field) => {
    const { nullable, optional, fallback } = unwrap(field);
    if (fallback !== undefined) return fallback.value;
    return nullable && !optional ? null : undefined;
  });
}

/** Compiles `values => ({ a: values[0], b: values[1] })`, whose objects all have one hidden class. */
function wholeMaker(names: readonly string[]): (values: readonly unknown[]) => Record<string, unknown> {
  const entries = names.map((name, i) => `${name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)}: v[${i}]`);
  return new Source().build('v', `return { ${entries.join(', ')} };`);
}

/** Plans the members by their descriptors. `aliases` are other names that count. */
export function membersOf(
  fields: Fields,
  aliases: Readonly<Record<string, string>>,
  readers: readonly Reader[],
): Members {
  const names = Object.keys(fields);
  const absent = absentValues(fields);
  const whole = wholeMaker(names);
  const places = new Map(names.map((name, i) => [name, i]));
  for (const [alias, name] of Object.entries(aliases)) {
    const place = places.get(name);
    if (place !== undefined && !places.has(alias)) places.set(alias, place);
  }
  return {
    names,
    readers,
    runs: readers.map((reader, i) => memberRun(names[i] as string, reader)),
    places,
    make(values) {
      if (!values.includes(undefined)) return whole(values);
      const made: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) {
        const value = values[i] === undefined ? absent[i] : values[i];
        if (value !== undefined) setOwn(made, names[i] as string, value);
      }
      return made;
    },
  };
}

function memberRun(name: string, reader: Reader): Run {
  const start = `<member><name>${name}</name><value>`;
  return runOf(reader.simple === undefined ? start : `${start}${simpleTemplate(reader)}</value></member>`);
}

/** The element of a value of the type that is expected first. */
export function simpleTemplate({ first: { type } }: Reader): string {
  return `<${type}>*</${type}>`;
}

const memberEnd = runOf('</member>');

/**
 * Reads the members of an opened struct through its end tag. Any order will do, the declared one is quickest.
 * Names that are unknown or given twice are noted and passed over.
 */
export function readMembers(members: Members, x: XmlScanner, issues: Issues, most: number): unknown[] {
  const { names, readers, places } = members;
  const values: unknown[] = new Array(names.length).fill(undefined);
  let expected = readExpected(values, 0, members, x, issues, most);
  while (openNext(x, 'member')) {
    const name = memberName(x);
    const place = name === names[expected] ? expected : places.get(name);
    if (place === undefined || values[place] !== undefined) {
      if (place === undefined) issues.add('unknown', 'is not known here', pathStep(name));
      else issues.add('duplicate', 'is given twice', pathStep(name));
      x.skip();
    } else {
      issues.enter(names[place] as string);
      values[place] = (readers[place] as Reader).read(x, issues, most);
      issues.leave();
      expected = place + 1;
    }
    close(x, 'member');
    expected = readExpected(values, expected, members, x, issues, most);
  }
  return values;
}

/** Reads members as long as the next declared one comes next, in its usual form; tells which one did not. */
function readExpected(
  values: unknown[],
  from: number,
  { names, readers, runs }: Members,
  x: XmlScanner,
  issues: Issues,
  most: number,
): number {
  let place = from;
  for (; place < names.length && values[place] === undefined; place++) {
    const text = x.take(runs[place] as Run);
    if (text === undefined) return place;
    const { simple, read } = readers[place] as Reader;
    issues.enter(names[place] as string);
    if (simple === undefined) {
      values[place] = read(x, issues, most);
      if (x.take(memberEnd) === undefined) close(x, 'member');
    } else values[place] = simple(text, issues);
    issues.leave();
  }
  return place;
}
