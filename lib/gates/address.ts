import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4, type Socket } from 'node:net';
import { type AddressRange, isWithin, readAddress, readRange } from './ranges.ts';

/** Whether an address belongs to a list. */
export type AddressList = (address: string) => boolean;

/** Verdicts that a list remembers before it starts afresh. */
const mostRemembered = 10_000;

/**
 * Reads a list of addresses, CIDR ranges, ranges (`10.0.0.5-10.0.0.20`) and wildcards (`10.1.*.*`).
 * @throws TypeError naming the entry that is none of them
 */
export function addressList(entries: readonly string[]): AddressList {
  if (entries.length === 0) return () => false;
  const ranges = entries.map(rangeOf);
  const known = new Map<string, boolean>();
  return (text) => {
    const verdict = known.get(text);
    if (verdict !== undefined) return verdict;
    const address = readAddress(text);
    if (address === undefined) return false;
    const member = ranges.some((range) => isWithin(address, range));
    if (known.size >= mostRemembered) known.clear();
    known.set(text, member);
    return member;
  };
}

/** Whether a text is an entry as `addressList` takes it. */
export function isAddressRange(entry: string): boolean {
  return readRange(entry) !== undefined;
}

function rangeOf(entry: string): AddressRange {
  const range = readRange(entry);
  if (range === undefined) throw new TypeError(`${entry} is not an address, a CIDR range, a range or a wildcard`);
  return range;
}

const lists = new WeakMap<readonly string[], AddressList>();

/** As `addressList`, remembered by the entries themselves, which must not change. */
export function listOf(entries: readonly string[]): AddressList {
  let list = lists.get(entries);
  if (list === undefined) {
    list = addressList(entries);
    lists.set(entries, list);
  }
  return list;
}

/** Whether an address is this machine itself. */
const isLoopback: AddressList = addressList(['127.0.0.0/8', '::1']);

/** What a connection's two ends are, found out once for all requests on it. */
export interface Ends {
  /** The other end's address; an IPv4 one as such, also where the socket speaks IPv6. */
  readonly remote: string;
  /** Whether the caller, and whether our own end, is this machine itself. */
  readonly remoteIsLoopback: boolean;
  readonly localIsLoopback: boolean;
  readonly encrypted: boolean;
}

const endsOf = new WeakMap<Socket, Ends>();

/** The ends of a request's connection. */
export function connectionEnds(socket: Socket): Ends {
  let ends = endsOf.get(socket);
  if (ends === undefined) {
    const remote = plain(socket.remoteAddress ?? '');
    ends = {
      remote,
      remoteIsLoopback: isLoopback(remote),
      localIsLoopback: isLoopback(socket.localAddress ?? ''),
      encrypted: 'encrypted' in socket && socket.encrypted === true,
    };
    endsOf.set(socket, ends);
  }
  return ends;
}

/** `10.1.2.3` for `::ffff:10.1.2.3` (RFC 4291 §2.5.5.2), so that one caller has one address everywhere. */
function plain(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  return mapped !== undefined && isIPv4(mapped) ? mapped : address;
}

/** The caller as seen through trusted proxies. */
export interface Peer {
  readonly address: string;
  readonly secure: boolean;
}

/**
 * Who calls, and whether over HTTPS. Forwarded headers count only as far as the proxies that wrote them are trusted:
 * the caller is the last address that is not one of theirs.
 */
export function peerOf(ends: Ends, headers: IncomingHttpHeaders, trusted: AddressList): Peer {
  if (!trusted(ends.remote)) return { address: ends.remote, secure: ends.encrypted };
  const proto = String(headers['x-forwarded-proto'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const hops = String(headers['x-forwarded-for'] ?? '')
    .slice(-2_000)
    .split(',')
    .map((hop) => hop.trim());
  const caller = hops.filter((hop) => hop !== '').findLast((hop) => !trusted(hop));
  return { address: caller === undefined ? ends.remote : plain(caller), secure: ends.encrypted || proto === 'https' };
}
