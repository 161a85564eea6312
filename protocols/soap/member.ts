import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import type { Settings } from '../../lib/settings.ts';
import { shown } from '../xml/failure.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { xsiNamespace } from './envelope.ts';

/** Reads the content of the element opened last, through its end tag. */
export type ElementReader = (scanner: XmlScanner, issues: Issues, settings: Settings) => unknown;

/** A child element that is expected somewhere. */
export interface Member {
  readonly name: string;
  readonly nullable: boolean;
  readonly read: ElementReader;
}

/** Whether the element opened last is where ours may be: in no namespace, or in the target namespace (DESIGN §3). */
export function isOurs(scanner: XmlScanner, settings: Settings): boolean {
  return scanner.uri === '' || scanner.uri === settings.namespace;
}

/** Whether elements without a prefix are where ours may be: then `openIf` is a safe guess. */
export function isOursByDefault(scanner: XmlScanner, settings: Settings): boolean {
  return scanner.defaultUri === '' || scanner.defaultUri === settings.namespace;
}

/** How many entries are read: what is declared is the validator's business, else the site's limit holds (DESIGN §8). */
export function mostEntries(max: number | undefined, settings: Settings): number {
  return max === undefined ? settings.limits.list : Number.POSITIVE_INFINITY;
}

/** The fault for a list or map with more entries than that. */
export function tooMany(most: number): Fault {
  return new Fault('too-large', `There are more than ${most} entries`);
}

/** Reports the element opened last as one that is not expected, and passes over it. */
export function refuseUnknown(scanner: XmlScanner, issues: Issues, settings: Settings): void {
  const { uri } = scanner;
  const message = isOurs(scanner, settings)
    ? 'is not known here'
    : `is in the namespace ${shown(uri)}, not in none or ${settings.namespace}`;
  issues.add('unknown', message, shown(scanner.local));
  scanner.skip();
}

/** Reads the element opened last, which may be nil (XML Schema part 1 §2.6.2). `placed`: its path has been entered. */
export function readMember(
  member: Member,
  scanner: XmlScanner,
  issues: Issues,
  settings: Settings,
  placed = false,
): unknown {
  if (!placed) issues.enter(member.name);
  const nil = scanner.attributeCount === 0 ? undefined : scanner.attribute(xsiNamespace, 'nil');
  const value =
    nil === undefined ? member.read(scanner, issues, settings) : readNillable(nil, member, scanner, issues, settings);
  if (!placed) issues.leave();
  return value;
}

function readNillable(nil: string, member: Member, scanner: XmlScanner, issues: Issues, settings: Settings): unknown {
  const isNil = nilValue(nil);
  if (isNil === false) return member.read(scanner, issues, settings);
  if (isNil === undefined) {
    scanner.skip();
    return issues.add('type', 'xsi:nil must be true, false, 1 or 0');
  }
  if (scanner.text().trim() !== '') return issues.add('type', 'is nil and has content');
  return member.nullable ? null : issues.add('type', 'must not be nil');
}

/** The value of xsi:nil; undefined if it is no boolean. */
export function nilValue(text: string): boolean | undefined {
  const value = text.trim();
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : undefined;
}
