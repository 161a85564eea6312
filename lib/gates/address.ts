import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Whether an address belongs to a list. */
export type AddressList = (address: string) => boolean;

/**
 * Reads a list of addresses and CIDR ranges (RFC 4632, RFC 4291 §2.3), IPv4 in four decimal parts only.
 * @throws TypeError naming the entry that is neither
 */
export function addressList(entries: readonly string[]): AddressList {
  if (entries.length === 0) return () => false;
  const ranges = entries.map(parseRange);
  const known = new Map<string, boolean>();
  return (address) => {
    let member = known.get(address);
    if (member === undefined) {
      const parsed = parseAddress(address);
      member = parsed !== undefined && ranges.some((range) => contains(range, parsed));
      if (known.size >= 10_000) known.clear();
      known.set(address, member);
    }
    return member;
  };
}

/** Whether a text is an address or a CIDR range as `addressList` takes it. */
export function isAddressRange(entry: string): boolean {
  return readRange(entry) !== undefined;
}

function parseRange(entry: string): Range {
  const range = readRange(entry);
  if (range === undefined) throw new TypeError(`${entry} is not an address or a CIDR range`);
  return range;
}

function readRange(entry: string): Range | undefined {
  const [address = '', bits, ...rest] = entry.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || rest.length > 0) return undefined;
  const most = parsed.kind() === 'ipv6' ? 128 : 32;
  const length = bits === undefined ? most : /^[0-9]{1,3}$/.test(bits) ? Number(bits) : -1;
  return length < 0 || length > most ? undefined : [parsed, length];
}

/** An address, IPv4 inside IPv6 (`::ffff:10.1.2.3`) taken out; undefined for anything else, `10.1` and `0x7f.1` among it. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function contains([range, bits]: Range, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (range.kind() !== address.kind()) return false;
  return address.match(range as never, bits);
}

/** Whether an address is this machine itself. */
const isLoopback: AddressList = addressList(['127.0.0.0/8', '::1']);

/** What a connection's two ends are, found out once for all requests on it. */
export interface Ends {
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
    const remote = socket.remoteAddress ?? '';
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
  return { address: caller ?? ends.remote, secure: ends.encrypted || proto === 'https' };
}
