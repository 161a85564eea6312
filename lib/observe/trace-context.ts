import { randomBytes } from 'node:crypto';
import { trimSpace } from '../trim.ts';

/** What `traceparent` says (W3C Trace Context §3.2). */
export interface TraceParent {
  readonly traceId: string;
  /** The span of the caller's that this request belongs to. */
  readonly parentId: string;
  readonly flags: number;
}

/** The headers that take a trace on to another server (W3C Trace Context §3). */
export interface TraceHeaders {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** Flags that have a meaning: sampled (Level 1 §3.2.2.5), and that the id is random (Level 2). Others are sent as zero. */
const knownFlags = 0b11;
const randomFlag = 0b10;

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[^,]*)?$/;
const zeros = /^0+$/;

/**
 * Reads `traceparent` strictly. Of versions to come the part that is known is read (§3.2.3, §4.3); what is invalid, or
 * there twice, is undefined: the trace begins anew.
 */
export function readTraceparent(text: string): TraceParent | undefined {
  const [, version, traceId = '', parentId = '', flags = '', more] = form.exec(text) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (zeros.test(traceId) || zeros.test(parentId)) return undefined;
  return { traceId, parentId, flags: Number.parseInt(flags, 16) & knownFlags };
}

/** Writes `traceparent` in the version that this is: 00. */
export function writeTraceparent({ traceId, parentId, flags }: TraceParent): string {
  return `00-${traceId}-${parentId}-0${flags & knownFlags}`;
}

/** §3.3.2.1, with the limits of keys and values there. */
const key = /^(?:[a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})$/;
const value = /^[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;
/** §3.3.1.1. */
const mostMembers = 32;
/** §3.3.1.5: so many characters are passed on at least; members longer than the second number are the first to go. */
const mostCharacters = 512;
const longMember = 128;

/** Reads `tracestate` strictly; undefined where it is empty or wrong, which leaves `traceparent` as it is (§3.3). */
export function readTracestate(text: string): string | undefined {
  const members = text.split(',', 1_000).flatMap((part) => trimSpace(part) || []);
  const keys = new Set<string>();
  for (const member of members) {
    const equals = member.indexOf('=');
    const name = member.slice(0, Math.max(0, equals));
    if (!key.test(name) || !value.test(member.slice(equals + 1)) || keys.has(name)) return undefined;
    keys.add(name);
  }
  if (members.length === 0 || members.length > mostMembers) return undefined;
  return shortened(members);
}

/** What goes on where there is too much of it: whole members, in their order. */
function shortened(members: readonly string[]): string | undefined {
  let kept = [...members];
  const isLong = () => kept.join(',').length > mostCharacters;
  if (isLong()) kept = kept.filter(({ length }) => length <= longMember);
  while (isLong()) kept.pop();
  return kept.length === 0 ? undefined : kept.join(',');
}

function randomId(bytes: number): string {
  for (;;) {
    const id = randomBytes(bytes).toString('hex');
    if (!zeros.test(id)) return id;
  }
}

/** A trace that begins here, which nobody has asked to be recorded. */
export function newTraceparent(): TraceParent {
  return { traceId: randomId(16), parentId: randomId(8), flags: randomFlag };
}

/** A trace as it goes on from here: the same, under an id of our own (§3.4, "modify parent-id"). */
export function onward(parent: TraceParent): TraceParent {
  return { ...parent, parentId: randomId(8) };
}
