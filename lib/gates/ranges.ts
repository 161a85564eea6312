import { isIPv4, isIPv6 } from 'node:net';

/** An address as a number of its family. IPv4 inside IPv6 (`::ffff:10.1.2.3`, RFC 4291 §2.5.5.2) is IPv4. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Addresses of one family from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bitsOf = { 4: 32, 6: 128 } as const;

/** Characters of the longest address, with room for the zone of a link-local one. */
const longest = 64;

/**
 * Reads an address: IPv4 in four decimal parts without leading zeros, IPv6 as RFC 4291 §2.2 has it; a zone (RFC 4007 §11)
 * is left out of account. Undefined for anything else, `10.1` and `0x7f.1` among it.
 */
export function readAddress(text: string): Address | undefined {
  if (text.length > longest) return undefined;
  if (isIPv4(text)) return { family: 4, value: valueOf4(text) };
  if (!isIPv6(text)) return undefined;
  const value = valueOf6(text.split('%', 1)[0] as string);
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

function valueOf4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) + BigInt(part), 0n);
}

function valueOf6(text: string): bigint {
  const [head = '', tail = ''] = text.split('::').map(groupsOf);
  const zeros = '0'.repeat(32 - head.length - tail.length);
  return BigInt(`0x${head}${zeros}${tail}`);
}

/** Groups of IPv6, the last perhaps an IPv4 address, as hexadecimal digits. */
function groupsOf(text: string): string {
  if (text === '') return '';
  return text
    .split(':')
    .map((group) => (group.includes('.') ? valueOf4(group).toString(16).padStart(8, '0') : group.padStart(4, '0')))
    .join('');
}

/**
 * Reads an entry of a list: an address, a CIDR range (RFC 4632 §3.1, RFC 4291 §2.3), a range `10.0.0.5-10.0.0.20`, or an
 * IPv4 address whose last parts are wildcards (`10.1.*.*`). Undefined for anything else, and for addresses with a zone.
 */
export function readRange(entry: string): AddressRange | undefined {
  if (entry.includes('%')) return undefined;
  if (entry.includes('/')) return readCidr(entry);
  if (entry.includes('-')) return readSpan(entry.split('-'));
  return entry.includes('*') ? readWildcard(entry) : readSpan([entry, entry]);
}

/** The bits of an IPv4 address written as IPv6 count from the front of the latter: `::ffff:10.0.0.0/104`. */
function readCidr(entry: string): AddressRange | undefined {
  const [text = '', length = '', ...more] = entry.split('/');
  const address = readAddress(text);
  if (address === undefined || more.length > 0 || !/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  const { family, value } = address;
  const bits = bitsOf[family];
  const free = (text.includes(':') ? 128 : 32) - Number(length);
  if (free < 0 || free > bits) return undefined;
  const first = (value >> BigInt(free)) << BigInt(free);
  return { family, first, last: first + (1n << BigInt(free)) - 1n };
}

function readSpan(ends: readonly string[]): AddressRange | undefined {
  const [first, last, ...more] = ends.map(readAddress);
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  if (first.family !== last.family || first.value > last.value) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

function readWildcard(entry: string): AddressRange | undefined {
  if (!/^(?:[0-9]{1,3}\.)*\*(?:\.\*)*$/.test(entry)) return undefined;
  return readSpan([entry.replaceAll('*', '0'), entry.replaceAll('*', '255')]);
}

/** Whether an address lies in a range; ranges of one family hold none of the other. */
export function isWithin({ family, value }: Address, range: AddressRange): boolean {
  return family === range.family && value >= range.first && value <= range.last;
}
